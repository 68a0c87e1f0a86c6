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
 * The folder in which a stage makes its result, {@code .work/ID/}, beside the one that stands. The
 * result is finished once its stamp lies there; from then on it is {@linkplain Installation put in
 * place}, by this run or, if that is killed, by the next.
 *
 * @param folder in the output directory
 */
record WorkFolder(Path folder) {
  private static final String WORK = ".work";
  static final String STAMP = "stamp.json";
  static final String REPLACED = "replaced.json";

  /**
   * What the finished result replaces.
   *
   * @param stamp of the result that stands; null where there is none
   * @param isKept whether that one is kept
   * @param keep how many results of other inputs are kept, this one included
   */
  record Replaced(StageStamp stamp, boolean isKept, int keep) {}

  static WorkFolder of(Path outputDirectory, String stageId) {
    return new WorkFolder(outputDirectory.resolve(WORK).resolve(stageId));
  }

  /** Those of an output directory that hold a finished result. */
  static List<String> finishedIn(Path outputDirectory) {
    Path work = outputDirectory.resolve(WORK);
    return StageFiles.below(work).stream()
        .filter(file -> file.getFileName().toString().equals(STAMP))
        .map(file -> StageFiles.relative(work, file.getParent()))
        .filter(id -> of(outputDirectory, id).stamp() != null)
        .toList();
  }

  /** Removes what runs that were ended early left of their work, once nothing finished is left. */
  static void removeUnfinished(Path outputDirectory) {
    try {
      StageFiles.deleteAll(outputDirectory.resolve(WORK));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes it, empty. */
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

  /** The result is finished: whatever happens now, it counts. */
  void commit(StageStamp stamp, Replaced replaced) {
    replacing(replaced);
    stamp.write(stampFile());
  }

  /** Records what the result replaces, before it counts as finished here. */
  void replacing(Replaced replaced) {
    AtomicFile.writeText(replacedFile(), ExperimentJson.write(replaced));
  }

  /** The stamp of the result; null where it is not finished. */
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

  /** The result is in place. */
  void remove() {
    try {
      Files.deleteIfExists(stampFile()); // first: what is left is not taken for a result
      StageFiles.deleteAll(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
