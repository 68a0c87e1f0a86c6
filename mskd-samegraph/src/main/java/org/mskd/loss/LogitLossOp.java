package org.mskd.loss;

import org.mskd.experiment.Distillation;
import org.mskd.experiment.LossNormalization;
import org.mskd.experiment.MaskDownsampling;
import org.mskd.experiment.Overlap;
import org.mskd.experiment.Regions;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The logit terms of MS-KD over a batch: {@code Σ_k L^k_logit + λ1 L^B_logit}, each the mean over
 * the batch of {@link OrganLogitTerm} and {@link BackgroundLogitTerm} in their {@link RegionMaps},
 * times T².
 *
 * <p>Inputs: the student's logits {@code [batch, height, width, K+1]}, the teachers' margins {@code
 * [batch, height, width, K]}. Terms: the K organ terms, then the background term.
 */
public final class LogitLossOp extends ClosedFormLossOp {
  /** For the prototype and for clones of the graph. */
  public LogitLossOp() {}

  LogitLossOp(SameDiff graph, Distillation settings, SDVariable logits, SDVariable margins) {
    super(graph, logits, margins);
    attribute(settings.backgroundWeight());
    attribute(settings.temperature());
    count(settings.regions().masks() ? 1 : 0);
    count(settings.regions().overlap().ordinal());
    count(settings.normalization().ordinal());
  }

  @Override
  public String opName() {
    return "mskd_logit_loss";
  }

  @Override
  int terms(long[][] inputs) {
    return (int) inputs[0][3];
  }

  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    int channels = terms.length;
    int pixels = (int) (in[0].length() / channels);
    Maps maps =
        new Maps(
            pixels / (int) in[0].size(0),
            HostFloats.read(in[0]),
            HostFloats.read(in[1]),
            shares(in[1]),
            gradient);
    double[] sums =
        PixelBlocks.sum(
            pixels,
            channels,
            (first, count, blockSums) ->
                new LogitTerms(channels - 1, attributeAt(0), attributeAt(1), regions())
                    .add(maps, first, count, attributeAt(1) / pixels, blockSums));
    double scale = attributeAt(1) * attributeAt(1) / pixels;
    double total = 0;
    for (int term = 0; term < channels; term++) {
      double value = sums[term] * scale;
      terms[term] = (float) value;
      total += (term < channels - 1 ? 1 : attributeAt(0)) * value;
    }
    return total;
  }

  private double[][] shares(INDArray margins) {
    int slices = (int) margins.size(0);
    int organs = (int) margins.size(3);
    if (countAt(2) == LossNormalization.IMAGE.ordinal()) {
      return RegionShares.ofImage(slices, organs + 1);
    }
    RegionMaps maps =
        RegionMaps.of(HostFloats.copy(margins), slices, (int) margins.size(2), organs, regions());
    return RegionShares.ofRegions(maps.counts(), maps.area());
  }

  /** The rule of downsampling has no effect on the logit terms. */
  private Regions regions() {
    return new Regions(
        countAt(0) == 1, Overlap.values()[(int) countAt(1)], MaskDownsampling.NEAREST);
  }

  /**
   * The inputs, the weights of their pixels, and the gradient.
   *
   * @param area pixels per slice
   * @param shares {@code [slice][region]}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Maps(
      int area, HostFloats student, HostFloats margins, double[][] shares, HostFloats gradient) {}
}
