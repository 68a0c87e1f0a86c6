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
    int area = pixels / slots;
    OrganPixels.Inputs inputs = OrganPixels.Inputs.of(in);
    double[] sums =
        PixelBlocks.sum(
            pixels,
            slots,
            (first, count, blockSums) -> process(inputs, area, first, count, blockSums, gradient));
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
  private static void process(
      OrganPixels.Inputs inputs,
      int area,
      int first,
      int count,
      double[] sums,
      HostFloats gradient) {
    OrganPixels pixels = new OrganPixels(inputs, area);
    int run;
    for (int at = first; at < first + count; at += run) {
      run = pixels.read(at, first + count);
      for (int i = 0; i < run; i++) {
        sums[at / area] += pixel(pixels, i, inputs.channels(), area);
      }
      pixels.write(at, run, gradient);
    }
  }

  /** Replaces a pixel's logits by the gradient over them; returns its loss. */
  private static double pixel(OrganPixels pixels, int i, int channels, int area) {
    float[] z = pixels.z;
    int from = i * channels;
    double background = z[from];
    double loss = 0;
    double all = 0;
    for (int c = 1; c < channels; c++) {
      double weight = pixels.weight(i, c) / area;
      double slope = 0;
      if (weight > 0) {
        double margin = z[from + c] - background;
        double small = Math.exp(-Math.abs(margin)); // of the smaller probability
        double target = pixels.target(i, c);
        loss += weight * (Math.max(margin, 0) - target * margin + Math.log1p(small));
        slope = weight * ((margin >= 0 ? 1 : small) / (1 + small) - target);
      }
      z[from + c] = (float) slope;
      all += slope;
    }
    z[from] = (float) -all;
    return loss;
  }
}
