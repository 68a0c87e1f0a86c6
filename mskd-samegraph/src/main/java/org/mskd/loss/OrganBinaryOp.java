package org.mskd.loss;

import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link OrganBinaryLoss} over a batch, in one pass. Inputs: logits {@code [batch, height, width,
 * K+1]}, classes and rows {@code [batch, height, width]}, weights {@code [rows, K]}. Terms: one a
 * group of slices.
 */
public final class OrganBinaryOp extends ClosedFormLossOp {
  /** For the prototype and for clones of the graph. */
  public OrganBinaryOp() {}

  OrganBinaryOp(
      SameDiff graph,
      SDVariable logits,
      SDVariable classes,
      SDVariable rows,
      SDVariable weights,
      int groups) {
    super(graph, logits, classes, rows, weights);
    count(groups);
  }

  @Override
  public String opName() {
    return "mskd_organ_binary";
  }

  @Override
  int terms(long[][] inputs) {
    return (int) countAt(0);
  }

  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    int pixels = (int) in[1].length();
    int slots = (int) in[1].size(0);
    int organs = (int) in[3].size(1);
    HostFloats logits = HostFloats.read(in[0]);
    HostFloats classes = HostFloats.read(in[1]);
    HostFloats rows = HostFloats.read(in[2]);
    float[] weights = HostFloats.copy(in[3]);
    int area = pixels / slots;
    double[] sums =
        PixelBlocks.sum(
            pixels,
            slots,
            (first, count, blockSums) ->
                new Pixels(logits, classes, rows, weights, organs, area)
                    .process(first, count, blockSums, gradient));
    double total = 0;
    int slotsPerTerm = slots / terms.length;
    for (int term = 0; term < terms.length; term++) {
      double sum = PixelBlocks.total(sums, term * slotsPerTerm, slotsPerTerm);
      terms[term] = (float) sum;
      total += sum;
    }
    return total;
  }

  /** A block of pixels, run by run. */
  private static final class Pixels {
    private final HostFloats logits;
    private final HostFloats classes;
    private final HostFloats rows;
    private final float[] weights;
    private final int organs;
    private final int area;
    private final float[] z;
    private final float[] y = new float[PixelBlocks.RUN];
    private final float[] row = new float[PixelBlocks.RUN];

    Pixels(
        HostFloats logits,
        HostFloats classes,
        HostFloats rows,
        float[] weights,
        int organs,
        int area) {
      this.logits = logits;
      this.classes = classes;
      this.rows = rows;
      this.weights = weights;
      this.organs = organs;
      this.area = area;
      this.z = new float[PixelBlocks.RUN * (organs + 1)];
    }

    void process(int first, int count, double[] sums, HostFloats gradient) {
      int channels = organs + 1;
      int run;
      for (int at = first; at < first + count; at += run) {
        run = PixelBlocks.run(at, first + count, area);
        int slot = at / area;
        logits.get(at * channels, z, run * channels);
        classes.get(at, y, run);
        rows.get(at, row, run);
        for (int i = 0; i < run; i++) {
          sums[slot] += pixel(i * channels, (int) y[i], (int) row[i] * organs);
        }
        gradient.put(at * channels, z, run * channels);
      }
    }

    /** Writes the gradient of a pixel over its logits; returns its loss. */
    private double pixel(int from, int own, int weighted) {
      double background = z[from];
      double loss = 0;
      double all = 0;
      for (int k = 0; k < organs; k++) {
        double weight = weights[weighted + k] / (double) area;
        double slope = 0;
        if (weight > 0) {
          double margin = z[from + k + 1] - background;
          double small = Math.exp(-Math.abs(margin)); // of the smaller probability
          double target = k + 1 == own ? 1 : 0;
          loss += weight * (Math.max(margin, 0) - target * margin + Math.log1p(small));
          slope = weight * ((margin >= 0 ? 1 : small) / (1 + small) - target);
        }
        z[from + k + 1] = (float) slope;
        all += slope;
      }
      z[from] = (float) -all;
      return loss;
    }
  }
}
