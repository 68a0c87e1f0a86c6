package org.mskd.benchmark.ours;

import java.io.IOException;
import java.util.Collections;
import org.mskd.architecture.UNet2d;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;
import org.mskd.benchmark.measure.Timing;
import org.mskd.benchmark.network.FixedWeights;
import org.mskd.benchmark.network.Logits;
import org.mskd.benchmark.network.SyntheticSlices;
import org.mskd.experiment.Network;
import org.mskd.export.OnnxFile;
import org.mskd.export.OnnxNorm;
import org.mskd.prediction.StudentScorer;

/** A student over all slices of a volume, up to the class with the largest logit of each pixel. */
final class InferenceWork implements Runnable {
  private final StudentScorer scorer;
  private final int area;
  private final float[] volume;
  private final float[] images;
  private final float[][] scores;
  private final byte[] classes;

  private InferenceWork(StudentScorer scorer, int slices, int size) {
    this.scorer = scorer;
    this.area = size * size;
    this.volume = SyntheticSlices.images(slices, size);
    this.images = new float[scorer.batch() * area];
    this.scores = new float[scorer.classes()][images.length];
    this.classes = new byte[volume.length];
  }

  /** Times whole volumes; writes the network as ONNX, and its logits of the first slice. */
  static void run(Arguments parameters, Network network, Results results) throws IOException {
    int organs = parameters.integer("organs");
    int batch = parameters.integer("batch");
    int size = parameters.integer("size");
    OnnxFile.write(
        parameters.path("model"),
        UNet2d.of(network, organs + 1),
        FixedWeights.of(network, organs + 1, 1),
        size,
        OnnxNorm.OPERATOR,
        Collections.emptySortedMap());
    try (StudentScorer scorer = new StudentScorer(Models.student(network, organs, size), batch)) {
      InferenceWork work = new InferenceWork(scorer, parameters.integer("slices"), size);
      Timing.of(parameters.integer("warmup"), parameters.integer("steps"), work)
          .into(results, "step");
      Logits.write(parameters.path("logits"), work.first());
    }
  }

  @Override
  public void run() {
    for (int at = 0; at < volume.length; at += images.length) {
      score(at);
      for (int i = 0; i < images.length; i++) {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
          best = scores[c][i] > scores[best][i] ? c : best;
        }
        classes[at + i] = (byte) best;
      }
    }
  }

  private void score(int at) {
    System.arraycopy(volume, at, images, 0, images.length);
    scorer.score(images, scorer.batch(), scores);
  }

  private float[] first() {
    score(0);
    float[] logits = new float[area * scores.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = scores[i % scores.length][i / scores.length];
    }
    return logits;
  }
}
