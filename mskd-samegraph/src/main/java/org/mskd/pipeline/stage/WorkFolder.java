package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;

/**
 * The folder in which a stage makes its result, {@code .work/ID/}, apart from the current one. The
 * result is finished once its stamp lies there; from then on it is {@linkplain Installation
 * installed}, by this run or, if that is killed, by the next.
 *
 * @param folder in the output directory
 */
record WorkFolder(Path folder) {
  private static final String WORK = ".work";
  static final String STAMP = "stamp.json";
  static final String REPLACED = "replaced.json";

  /**
   * The result that is replaced.
   *
   * @param stamp of the current result; null if there is none
   * @param isKept whether the current result is kept
   * @param keep how many results of other inputs are kept, this one included
   */
  record Replaced(StageStamp stamp, boolean isKept, int keep) {}

  static WorkFolder of(Path outputDirectory, String stageId) {
    return new WorkFolder(outputDirectory.resolve(WORK).resolve(stageId));
  }

  /** The ids of stages with a finished result in a work folder. */
  static List<String> finishedIn(Path outputDirectory) {
    Path work = outputDirectory.resolve(WORK);
    return StageFiles.below(work).stream()
        .filter(file -> file.getFileName().toString().equals(STAMP))
        .map(file -> StageFiles.relative(work, file.getParent()))
        .filter(id -> of(outputDirectory, id).stamp() != null)
        .toList();
  }

  /**
   * Removes the unfinished work of runs that ended early, after all finished results are installed.
   */
  static void removeUnfinished(Path outputDirectory) {
    try {
      StageFiles.deleteAll(outputDirectory.resolve(WORK));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates the folder, empty. */
  void begin() {
    try {
      StageFiles.deleteAll(folder);
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files of the result. */
  List<Path> files() {
    return StageFiles.below(folder).stream()
        .filter(file -> !file.equals(stampFile()) && !file.equals(replacedFile()))
        .filter(file -> !AtomicFile.isTemporary(file))
        .toList();
  }

  /** Marks the result as finished: from now on it will be installed. */
  void commit(StageStamp stamp, Replaced replaced) {
    replacing(replaced);
    stamp.write(stampFile());
  }

  /** Records the result that is replaced, before this one is marked as finished. */
  void replacing(Replaced replaced) {
    AtomicFile.writeText(replacedFile(), ExperimentJson.write(replaced));
  }

  /** The stamp of the result; null if it is not finished. */
  StageStamp stamp() {
    return StageStamp.read(stampFile());
  }

  Optional<Replaced> replaced() {
    try {
      return Optional.ofNullable(
          ExperimentJson.read(Files.readString(replacedFile()), Replaced.class));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Path stampFile() {
    return folder.resolve(STAMP);
  }

  private Path replacedFile() {
    return folder.resolve(REPLACED);
  }

  /** Removes the folder after the result is installed. */
  void remove() {
    try {
      Files.deleteIfExists(stampFile()); // first, so that the rest does not count as a result
      StageFiles.deleteAll(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
