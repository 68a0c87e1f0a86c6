package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import org.mskd.code.ResultNeutral;
import org.mskd.pipeline.stage.StageStamp;

/**
 * What convolves and normalises, as an input of a stage that computes with tensors. It is known
 * once the backend is loaded. Where it is not, as in the plugin, the engine of the stage's last run
 * is taken as given.
 */
@ResultNeutral
final class EngineInput {
  private static final String NAME = "engine";

  private EngineInput() {}

  /**
   * Adds the engine; nothing where the backend is not loaded and the stage has not run.
   *
   * @param outputDirectory that holds the stage's stamp
   */
  static void put(SortedMap<String, String> inputs, Path outputDirectory, String stageId) {
    TensorBackend.engine()
        .or(() -> recorded(outputDirectory, stageId))
        .ifPresent(engine -> inputs.put(NAME, engine));
  }

  private static Optional<String> recorded(Path outputDirectory, String stageId) {
    return Optional.ofNullable(StageStamp.read(StageStamp.fileOf(outputDirectory, stageId)))
        .map(stamp -> stamp.inputs().get(NAME));
  }
}
