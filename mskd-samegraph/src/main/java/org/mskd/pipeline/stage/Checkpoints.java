package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;

/**
 * The checkpoints of a stage, {@code checkpoints/ID/KEY/}: a folder for each set of inputs, so that
 * checkpoints of other inputs are kept, and used when a run has those inputs again.
 *
 * @param outputDirectory the output directory
 * @param stageId the stage
 */
public record Checkpoints(Path outputDirectory, String stageId) {
  /** The state at the end of a training, a by-product beside its model. */
  public static final String END = "training.ckpt";

  private static final String INPUTS = "inputs.json";
  private static final Pattern CHECKPOINT = Pattern.compile("(\\d{7,10})\\.ckpt");
  private static final Pattern OURS = Pattern.compile("\\d{7,10}\\.ckpt|history\\.jsonl|" + INPUTS);

  /**
   * Checkpoints of other inputs.
   *
   * @param folder their folder
   * @param iteration of the newest checkpoint
   * @param inputs of the training
   */
  public record Other(Path folder, int iteration, SortedMap<String, String> inputs) {}

  private Path all() {
    return outputDirectory.resolve("checkpoints").resolve(stageId);
  }

  /** The folder for checkpoints of these inputs. */
  public Path folder(SortedMap<String, String> inputs) {
    return all().resolve(KeptResults.key(inputs));
  }

  /** Whether there is a checkpoint of these inputs. */
  public boolean exist(SortedMap<String, String> inputs) {
    return newest(folder(inputs)).isPresent();
  }

  /**
   * Creates the folder for checkpoints of these inputs, and removes the oldest folders of other
   * inputs.
   *
   * @param keep how many folders of other inputs are kept
   */
  public Path open(SortedMap<String, String> inputs, int keep) {
    Path folder = folder(inputs);
    prune(inputs, keep);
    if (!Files.exists(folder.resolve(INPUTS))) {
      AtomicFile.writeText(folder.resolve(INPUTS), ExperimentJson.write(inputs) + "\n");
    }
    return folder;
  }

  /** Whether the newest checkpoint of these inputs is older than a file. */
  public boolean isOlder(SortedMap<String, String> inputs, Path file) {
    try {
      Path folder = folder(inputs);
      return Files.isDirectory(folder)
          && Files.getLastModifiedTime(folder).compareTo(Files.getLastModifiedTime(file)) < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The iteration that a run of the stage resumes at; empty where it starts at 0. A checkpoint that
   * is older than the finished result of the same inputs is not used.
   *
   * @param stageInputs the inputs of the stage; the inputs of a checkpoint may have further
   *     entries, such as the engine
   */
  OptionalInt resumable(SortedMap<String, String> stageInputs) {
    Path stamp = StageStamp.fileOf(outputDirectory, stageId);
    StageStamp last = StageStamp.read(stamp);
    return folders().stream()
        .flatMap(folder -> other(folder).stream())
        .filter(own -> own.inputs().entrySet().containsAll(stageInputs.entrySet()))
        .filter(
            own ->
                last == null
                    || !own.inputs().entrySet().containsAll(last.inputs().entrySet())
                    || !isOlder(own.inputs(), stamp))
        .mapToInt(Other::iteration)
        .findFirst();
  }

  /** Removes the checkpoints of these inputs. */
  public void remove(SortedMap<String, String> inputs) {
    remove(folder(inputs));
  }

  /**
   * Removes the checkpoints of these inputs, whose training is done, and the oldest folders of
   * other inputs.
   */
  public void close(SortedMap<String, String> inputs, int keep) {
    remove(inputs);
    prune(inputs, keep);
  }

  /** Checkpoints of other inputs, newest first. */
  public List<Other> others(SortedMap<String, String> inputs) {
    Path own = folder(inputs);
    return folders().stream()
        .filter(folder -> !folder.equals(own))
        .flatMap(folder -> other(folder).stream())
        .toList();
  }

  private static Optional<Other> other(Path folder) {
    OptionalInt iteration = newest(folder);
    try {
      @SuppressWarnings("unchecked")
      Map<String, String> inputs =
          ExperimentJson.read(Files.readString(folder.resolve(INPUTS)), Map.class);
      return iteration.isEmpty() || inputs == null
          ? Optional.empty()
          : Optional.of(new Other(folder, iteration.getAsInt(), new TreeMap<>(inputs)));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // not ours, or killed before there was anything to keep
    }
  }

  private void prune(SortedMap<String, String> inputs, int keep) {
    Path own = folder(inputs);
    List<Path> kept = others(inputs).stream().limit(keep).map(Other::folder).toList();
    folders().stream()
        .filter(folder -> !folder.equals(own) && !kept.contains(folder))
        .forEach(this::remove);
  }

  private List<Path> folders() {
    if (!Files.isDirectory(all(), LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(all())) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("[0-9a-f]{32}"))
          .sorted(Comparator.comparing(Checkpoints::time).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime time(Path folder) {
    try {
      return Files.getLastModifiedTime(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OptionalInt newest(Path folder) {
    return StageFiles.below(folder).stream()
        .map(file -> CHECKPOINT.matcher(file.getFileName().toString()))
        .filter(java.util.regex.Matcher::matches)
        .mapToInt(name -> Integer.parseInt(name.group(1)))
        .max();
  }

  private void remove(Path folder) {
    try {
      for (Path file : StageFiles.below(folder)) {
        if (file.getParent().equals(folder)
            && (OURS.matcher(file.getFileName().toString()).matches()
                || AtomicFile.isTemporary(file))) {
          StageFiles.delete(outputDirectory, file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
