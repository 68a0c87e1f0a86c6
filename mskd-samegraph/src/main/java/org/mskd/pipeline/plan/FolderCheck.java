package org.mskd.pipeline.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mskd.dataset.VolumeFiles;
import org.mskd.dataset.phantom.DrawnFiles;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Prediction;
import org.mskd.file.WriteFailure;
import org.mskd.pipeline.claim.OutputDirectory;
import org.mskd.pipeline.request.CacheOptions;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.ExportOptions;
import org.mskd.pipeline.request.GoalFolders;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.CacheFolder;
import org.mskd.problem.BadInputException;

/**
 * Checks, before anything is written, that a run overwrites no file of the user: the output
 * directory is one of mskd's, no input lies in a folder that is written, and no folder that is
 * written lies in a folder of inputs. Links and {@code ..} are resolved.
 */
public final class FolderCheck {
  private final Path output;
  private final Optional<Path> phantomDirectory;
  private final Optional<DrawnFiles> drawn;

  private FolderCheck(Path output, Optional<Phantoms> phantoms) {
    this.output = real(output);
    this.phantomDirectory = phantoms.map(declared -> real(declared.phantomDirectory()));
    this.drawn = phantoms.map(DrawnFiles::of);
  }

  /**
   * Checks the folders of a request.
   *
   * @throws BadInputException naming both folders; nothing was changed
   */
  public static void check(WorkerRequest request) {
    OutputDirectory.check(request.outputDirectory());
    Optional<Experiment> experiment = request.experiment();
    Optional<Phantoms> phantoms =
        request.phantoms().or(() -> experiment.flatMap(Experiment::phantoms));
    FolderCheck check = new FolderCheck(request.outputDirectory(), phantoms);
    List<InputFolder> inputs =
        experiment
            .map(InputFolder::of)
            .or(() -> request.scoring().map(scoring -> InputFolder.of(scoring.testSet())))
            .orElse(List.of());
    request.options().cache().ifPresent(cache -> check.requireApart(cache, inputs));
    inputs.stream().filter(folder -> !folder.isFile()).forEach(check::requireNothingIn);
    check.phantomDirectory.ifPresent(check::requireApart);
    inputs.forEach(check::requireOutside);
    request
        .prediction()
        .ifPresent(
            prediction ->
                check.requireOutside(
                    prediction, request.scoring().isPresent() ? "evaluations" : "predictions"));
    request
        .export()
        .flatMap(ExportOptions::model)
        .ifPresent(model -> check.requireNoExperiment("exports"));
  }

  /** The results of an experiment would be mixed up with these in one folder. */
  private void requireNoExperiment(String others) {
    Path stages = output.resolve("stages");
    for (String kind : List.of("prepare", "teacher", "student", "evaluate")) {
      if (Files.isDirectory(stages.resolve(kind))) {
        throw new BadInputException(
            "<output> " + output + " is the output directory of an experiment.",
            "Name a new or empty folder, or one of earlier " + others + ". Nothing was changed.");
      }
    }
  }

  private void requireOutside(Prediction prediction, String others) {
    requireNoExperiment(others);
    requireOutside(
        new InputFolder("the <model>", prediction.model(), true), real(prediction.model()));
    Path input = real(prediction.input());
    if (input.startsWith(output)) {
      throw inside(
          new InputFolder("the <input>", prediction.input(), false), input, "<output>", output);
    }
  }

  /** Whether a run writes below a folder of this name in the output directory. */
  private static boolean isReserved(String name) {
    return ExperimentFolders.isReserved(name) || GoalFolders.isNamed(name);
  }

  /** Phantoms may be drawn in the output directory, but not in folders of other stages. */
  private void requireApart(Path drawn) {
    boolean shared =
        output.startsWith(drawn)
            || drawn.startsWith(output)
                && isReserved(output.relativize(drawn).getName(0).toString());
    if (shared) {
      throw new BadInputException(
          "<phantomDirectory> %s and <outputDirectory> %s write into each other."
              .formatted(drawn, output),
          "Choose another <phantomDirectory>. Nothing was changed.");
    }
  }

  /** A cache in the output directory would not outlive it. */
  private void requireApart(CacheOptions cache, List<InputFolder> inputs) {
    CacheFolder.check(cache.directory());
    Path folder = real(cache.directory());
    if (folder.startsWith(output) || output.startsWith(folder)) {
      throw new BadInputException(
          "<cacheDirectory> %s and <outputDirectory> %s lie in each other."
              .formatted(folder, output),
          "Choose a <cacheDirectory> elsewhere, which mvn clean does not delete. Nothing was"
              + " changed.");
    }
    inputs.stream()
        .filter(input -> !input.isFile())
        .forEach(input -> requireNotIn(input, real(input.path()), "<cacheDirectory>", folder));
  }

  private void requireNothingIn(InputFolder folder) {
    Path place = real(folder.path());
    requireNotIn(folder, place, "<outputDirectory>", output);
    phantomDirectory.ifPresent(drawn -> requireNotIn(folder, place, "<phantomDirectory>", drawn));
  }

  private void requireOutside(InputFolder folder) {
    Path place = real(folder.path());
    boolean isDrawn = phantomDirectory.filter(place::startsWith).isPresent();
    if (folder.isFile() || !isDrawn) {
      requireOutside(folder, place);
    }
    for (Path file : files(place)) {
      requireOutside(folder, real(file));
    }
  }

  private static void requireNotIn(InputFolder folder, Path place, String element, Path written) {
    if (written.startsWith(place)) {
      throw new BadInputException(
          "%s %s lies in %s, %s.".formatted(element, written, place, folder.name()),
          "Choose another " + element + ". Nothing was changed.");
    }
  }

  private void requireOutside(InputFolder folder, Path place) {
    boolean inPhantoms = phantomDirectory.filter(place::startsWith).isPresent();
    if (inPhantoms && !drawn.get().contains(place)) {
      throw inside(folder, place, "<phantomDirectory>", phantomDirectory.get());
    }
    if (!inPhantoms && place.startsWith(output)) {
      throw inside(folder, place, "<outputDirectory>", output);
    }
  }

  private static BadInputException inside(
      InputFolder folder, Path place, String element, Path written) {
    return new BadInputException(
        "%s, %s, lies in %s %s, where files are replaced."
            .formatted(place, folder.name(), element, written),
        "Move it elsewhere, or choose another " + element + ". Nothing was changed.");
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(VolumeFiles::isVolume).sorted().toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** The path with links resolved as far as it exists; the rest may not exist yet. */
  private static Path real(Path path) {
    Path there = path.toAbsolutePath();
    Deque<Path> rest = new ArrayDeque<>();
    while (!Files.exists(there) && there.getParent() != null) {
      rest.push(there.getFileName());
      there = there.getParent();
    }
    try {
      Path real = Files.exists(there) ? there.toRealPath() : there;
      for (Path name : rest) {
        real = real.resolve(name);
      }
      return real.normalize();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static BadInputException unreadable(Path path, IOException e) {
    return new BadInputException(
        path + " cannot be read: " + WriteFailure.reason(e) + ".", "Check its permissions.", e);
  }
}
