package org.mskd.benchmark.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Resident;
import org.mskd.benchmark.measure.Results;
import org.mskd.benchmark.measure.Timing;
import org.mskd.benchmark.network.Logits;
import org.mskd.benchmark.network.SyntheticSlices;

/** A JVM that runs the network's ONNX file over all slices of a volume with ONNX Runtime. */
public final class OnnxRuntimeWork {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final float[] images;
  private final int batch;
  private final int size;

  private OnnxRuntimeWork(Arguments parameters) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(parameters.integer("threads"));
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    batch = parameters.integer("batch");
    size = parameters.integer("size");
    images = SyntheticSlices.images(parameters.integer("slices"), size);
    session = environment.createSession(parameters.text("model"), options);
  }

  /** Times whole volumes. */
  public static void main(String[] arguments) throws IOException, OrtException {
    Arguments parameters = Arguments.parse(arguments);
    OnnxRuntimeWork work = new OnnxRuntimeWork(parameters);
    Results results = new Results();
    Timing.unlessSlower(
            parameters.number("beat"),
            parameters.integer("warmup"),
            parameters.integer("steps"),
            work::volume)
        .into(results, "step");
    Resident.peak().ifPresent(mib -> results.put("peakMiB", mib));
    Logits.write(parameters.path("logits"), work.first());
    results.write(parameters.path("results"));
  }

  private void volume() {
    int pixels = batch * size * size;
    for (int at = 0; at + pixels <= images.length; at += pixels) {
      try {
        run(at).close();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private OrtSession.Result run(int at) throws OrtException {
    FloatBuffer buffer = FloatBuffer.wrap(images, at, batch * size * size);
    long[] shape = {batch, 1, size, size};
    try (OnnxTensor image = OnnxTensor.createTensor(environment, buffer, shape)) {
      return session.run(Map.of("image", image));
    }
  }

  private float[] first() throws OrtException {
    try (OrtSession.Result result = run(0)) {
      OnnxTensor logits = (OnnxTensor) result.get(0);
      int outputs = (int) logits.getInfo().getShape()[1];
      float[] slice = new float[outputs * size * size];
      logits.getFloatBuffer().get(slice);
      return Logits.channelsLast(slice, outputs);
    }
  }
}
