package org.mskd.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;
import org.mskd.benchmark.peer.OnnxRuntimeWork;

/** ONNX Runtime, for inference. */
final class OnnxRuntimeSide {
  private final PeerJvm jvm;
  private Optional<String> absence;

  OnnxRuntimeSide(Path directory, Fork fork, int threads) {
    jvm = new PeerJvm(directory, "onnxruntime", fork, threads, OnnxRuntimeWork.class.getName());
    absence = jvm.absence();
  }

  /** Why it is not measured; empty if it is. */
  Optional<String> absence() {
    return absence;
  }

  /** Runs a work; empty if ONNX Runtime cannot be run on this machine. */
  Optional<Results> run(String name, Arguments parameters)
      throws IOException, InterruptedException {
    if (absence.isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(jvm.run(name + "-onnxruntime", parameters));
    } catch (Fork.Failed e) {
      absence = Optional.of(e.getMessage());
      return Optional.empty();
    }
  }
}
