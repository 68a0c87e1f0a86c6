package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mskd.evaluation.TimingsFile;
import org.mskd.problem.BadInputException;

/** The files below a stage's output folders. */
public final class StageOutputs {
  private StageOutputs() {}

  /** All of them, in the same order each time. */
  public static List<Path> files(Stage stage) {
    List<Path> files = new ArrayList<>();
    for (Path output : stage.outputs()) {
      if (!Files.exists(output)) {
        continue;
      }
      try (Stream<Path> below = Files.walk(output)) {
        below
            .filter(Files::isRegularFile)
            .filter(file -> isOutput(stage, file))
            .sorted()
            .forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  /**
   * Deletes what an earlier run left, so that it is not taken for what the next one makes, but for
   * its checkpoint. Links are neither followed nor deleted.
   *
   * @throws BadInputException if an output folder is reached through a link, or a file cannot be
   *     deleted
   */
  public static void clear(Path outputDirectory, Stage stage) {
    stage.checkpoint().ifPresent(folder -> requireOwn(outputDirectory, folder));
    for (Path output : stage.outputs()) {
      requireOwn(outputDirectory, output);
      delete(output, file -> isOutput(stage, file));
    }
  }

  /**
   * Deletes the checkpoint of a stage that is done.
   *
   * @throws BadInputException if that is not possible
   */
  public static void clearCheckpoint(Stage stage) {
    stage
        .checkpoint()
        .ifPresent(
            folder -> {
              delete(folder, file -> true);
              removeIfEmpty(folder);
            });
  }

  /** How long something took is no output: it would differ between equal runs. */
  private static boolean isOutput(Stage stage, Path file) {
    return !file.endsWith(TimingsFile.NAME) && !isCheckpoint(stage, file);
  }

  private static boolean isCheckpoint(Stage stage, Path file) {
    return stage.checkpoint().filter(file::startsWith).isPresent();
  }

  private static void delete(Path folder, Predicate<Path> which) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path file : below.filter(StageOutputs::isOwnFile).filter(which).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new BadInputException(
          folder + " holds files of an earlier run that cannot be deleted: " + e + ".",
          "Check its permissions.",
          e);
    }
  }

  private static void removeIfEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // It holds what is not ours, and is in nobody's way.
    }
  }

  private static boolean isOwnFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** What lies behind a link belongs to somebody else. */
  private static void requireOwn(Path outputDirectory, Path output) {
    if (!output.startsWith(outputDirectory) || output.equals(outputDirectory)) {
      throw new IllegalArgumentException(output + " is not below " + outputDirectory);
    }
    for (Path part = output; !part.equals(outputDirectory); part = part.getParent()) {
      if (Files.isSymbolicLink(part)) {
        throw new BadInputException(
            part + " is a link, and what lies behind it would be replaced.",
            "Remove the link; to keep results elsewhere, set <outputDirectory>.");
      }
    }
  }
}
