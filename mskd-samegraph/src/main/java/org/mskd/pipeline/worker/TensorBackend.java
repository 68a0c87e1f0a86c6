package org.mskd.pipeline.worker;

import java.util.Optional;
import org.mskd.graph.kernel.Backend;
import org.mskd.graph.runtime.Engine;
import org.mskd.pipeline.stages.LoadedEngine;
import org.mskd.problem.BadInputException;

/** Loads the ND4J backend before any work, so that an unusable one is reported first. */
final class TensorBackend {
  private TensorBackend() {}

  /**
   * Loads the backend.
   *
   * @param coordinates of the backend, as in the request
   * @throws BadInputException if it is missing or not for this machine, or its natives have no
   *     usable folder
   */
  static void load(String coordinates) {
    try {
      Backend.load();
      LoadedEngine.record();
    } catch (LinkageError | RuntimeException e) {
      Optional<NativesFailure> natives = NativesFailure.of(e);
      if (natives.isPresent()) {
        throw new BadInputException(natives.get().problem(), natives.get().remedy(), e);
      }
      throw new BadInputException(
          "The backend " + coordinates + " cannot be loaded here: " + firstCause(e) + ".",
          "Choose another with <backend> (auto takes one for this machine), and"
              + " try it with mskd:doctor.",
          e);
    }
  }

  /** Why convolutions are slower than possible, a full sentence; empty if they are not. */
  static Optional<String> slowness() {
    return Engine.oneDnnFailure()
        .map(
            reason ->
                "Convolutions run in ND4J, since a current oneDNN cannot be loaded ("
                    + reason
                    + "): training is slower."
                    + NativesFailure.of(reason)
                        .map(natives -> " " + natives.problem() + " " + natives.remedy())
                        .orElse(""));
  }

  private static String firstCause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage()).strip().replaceFirst("\\.$", "");
    return cause.getClass().getSimpleName() + " " + message;
  }
}
