package org.mskd.pipeline.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Whether a stage is up to date, and if not, why.
 *
 * @param inputs of the stage now
 * @param last the stamp of its last finished run; {@code null} where there is none
 * @param why what changed since that run, such as {@code threads 2 -> 1}; empty where the stage is
 *     up to date or never ran
 */
public record StageState(SortedMap<String, String> inputs, StageStamp last, Optional<String> why) {

  /** Of a stage of which the stages before are done. */
  public static StageState of(Path outputDirectory, Stage stage, FileDigests digests) {
    SortedMap<String, String> inputs = stage.inputs();
    Path file = StageStamp.fileOf(outputDirectory, stage.id());
    StageStamp last = StageStamp.read(file);
    if (last == null) {
      return new StageState(
          inputs,
          null,
          Files.exists(file) ? Optional.of(file + " cannot be read") : Optional.empty());
    }
    Optional<String> why = InputChanges.between(last.inputs(), inputs);
    return new StageState(
        inputs, last, why.or(() -> damaged(outputDirectory, stage, last, digests)));
  }

  private static Optional<String> damaged(
      Path outputDirectory, Stage stage, StageStamp last, FileDigests digests) {
    Path folder = stage.installsItself() ? stage.outputs().get(0) : outputDirectory;
    return last.damaged(folder, digests)
        .filter(path -> stage.isWanted())
        .map(
            path ->
                path
                    + (Files.exists(folder.resolve(path))
                        ? " is not as it was left"
                        : " is missing"));
  }

  /** Whether the stage need not run. */
  public boolean isUpToDate() {
    return last != null && why.isEmpty();
  }
}
