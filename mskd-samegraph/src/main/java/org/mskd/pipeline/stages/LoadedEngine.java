package org.mskd.pipeline.stages;

import java.util.Optional;
import org.mskd.code.ResultNeutral;
import org.mskd.experiment.ExperimentJson;
import org.mskd.graph.runtime.Engine;
import org.mskd.pipeline.stage.Input;

/**
 * The execution backend of this process, as an input of stages. It is known once the backend is
 * loaded. In a process without one, such as Maven's JVM, that of a stage's last run is assumed.
 */
@ResultNeutral
public final class LoadedEngine {
  private static volatile String parts;

  private LoadedEngine() {}

  /** Called when the backend has been loaded. */
  public static void record() {
    parts = ExperimentJson.write(Engine.parts());
  }

  static Input input() {
    return new Input.Environment(() -> Optional.ofNullable(parts));
  }
}
