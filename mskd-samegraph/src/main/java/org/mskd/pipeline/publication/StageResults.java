package org.mskd.pipeline.publication;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mskd.file.Sha256;
import org.mskd.pipeline.stage.StageStamp;
import org.mskd.problem.BadInputException;

/**
 * The finished stages of an output directory.
 *
 * @param root the output directory
 */
record StageResults(Path root) {
  private static final String REMEDY = "Run mvn mskd:run, then the same goal again.";

  /** The stamp of a stage; empty if it is not finished. */
  Optional<StageStamp> stamp(String stageId) {
    return Optional.ofNullable(StageStamp.read(StageStamp.fileOf(root, stageId)));
  }

  /** The digest of a stage's result; empty if it is not finished. */
  String digest(String stageId) {
    return stamp(stageId).map(StageStamp::digest).orElse("");
  }

  /**
   * Checks that a file is what a stage wrote.
   *
   * @throws BadInputException if it is not
   */
  void requireOutput(String stageId, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(file + " is missing.", REMEDY);
    }
    String path = root.relativize(file).toString().replace('\\', '/');
    boolean intact =
        stamp(stageId)
            .map(stamp -> stamp.outputs().get(path))
            .filter(output -> output.sha256().equals(Sha256.of(file)))
            .isPresent();
    if (!intact) {
      throw new BadInputException(file + " is not what the stage " + stageId + " wrote.", REMEDY);
    }
  }

  /**
   * Checks that the result of a stage is the one a model was trained with.
   *
   * @param input the digest in the model's provenance
   * @throws BadInputException if it is not
   */
  void requireInput(String input, String stageId, Path model) {
    if (!input.equals(digest(stageId))) {
      throw new BadInputException(
          "%s was trained with another result of the stage %s than the one in %s."
              .formatted(model, stageId, root),
          REMEDY);
    }
  }
}
