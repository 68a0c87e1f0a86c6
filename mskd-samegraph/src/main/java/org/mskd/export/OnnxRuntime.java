package org.mskd.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.mskd.problem.BadInputException;

/** An ONNX file in ONNX Runtime, on the CPU. */
final class OnnxRuntime implements AutoCloseable {
  /** The remedy that needs no ONNX Runtime. */
  static final String WITHOUT = "To export without the check, set <exportCheck=false>.";

  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxRuntime(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  /**
   * Loads a file.
   *
   * @param threads that an operator is computed with
   * @throws BadInputException if ONNX Runtime cannot be loaded here, or refuses the file
   * @throws NoClassDefFoundError if it is not on the class path
   */
  static OnnxRuntime open(Path file, int threads) {
    OrtEnvironment environment = environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      return new OnnxRuntime(environment, environment.createSession(file.toString(), options));
    } catch (OrtException e) {
      throw new BadInputException(
          "ONNX Runtime refuses " + file.getFileName() + ": " + e.getMessage() + ".",
          "Report this message; nothing was exported.",
          e);
    }
  }

  private static OrtEnvironment environment() {
    try {
      return OrtEnvironment.getEnvironment();
    } catch (LinkageError | RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new BadInputException(
          "ONNX Runtime cannot be loaded here: " + cause.getMessage() + ".",
          "Its libraries are extracted to the temporary folder, which must allow execution. "
              + WITHOUT,
          e);
    }
  }

  /** The version of ONNX Runtime. */
  String version() {
    return environment.getVersion();
  }

  /** The text of the file's metadata, by key. */
  Map<String, String> metadata() {
    try {
      return session.getMetadata().getCustomMetadata();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs the network.
   *
   * @param images {@code [count][channels][size][size]} flattened, from 0; the rest is ignored
   * @return {@code [count][classes][size][size]} flattened
   */
  float[] logits(float[] images, int count, int channels, int size) {
    long[] shape = {count, channels, size, size};
    FloatBuffer values = FloatBuffer.wrap(images, 0, count * channels * size * size);
    try (OnnxTensor image = OnnxTensor.createTensor(environment, values, shape);
        OrtSession.Result result = session.run(Map.of(OnnxNetwork.IMAGE, image))) {
      FloatBuffer found = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] logits = new float[found.remaining()];
      found.get(logits);
      return logits;
    } catch (OrtException e) {
      throw new BadInputException(
          "ONNX Runtime cannot run the exported network: " + e.getMessage() + ".",
          "Report this message; nothing was exported.",
          e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
