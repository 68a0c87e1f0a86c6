package org.mskd.loss;

import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link OwnPseudoLabelLoss} over a batch. Inputs: logits {@code [batch, height, width, K+1]},
 * classes {@code [batch, height, width]}, annotated {@code [batch, K]}. Terms: cross-entropy, 1 -
 * Dice.
 */
public final class OwnPseudoLabelOp extends ClosedFormLossOp {
  /** For prototypes and clones. */
  public OwnPseudoLabelOp() {}

  OwnPseudoLabelOp(SameDiff graph, SDVariable logits, SDVariable classes, SDVariable annotated) {
    super(graph, logits, classes, annotated);
  }

  @Override
  public String opName() {
    return "mskd_own_pseudo_label";
  }

  @Override
  int terms(long[][] inputs) {
    return 2;
  }

  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    int channels = (int) in[0].size(3);
    HostFloats logits = HostFloats.read(in[0]);
    float[] completed = complete(logits, Annotations.of(in[1], in[2], channels));
    return DiceCrossEntropyOp.evaluate(
        logits,
        (first, classes, count) -> System.arraycopy(completed, first, classes, 0, count),
        completed.length,
        channels,
        terms,
        gradient);
  }

  /** The annotations, completed by the largest logits. */
  static float[] complete(HostFloats logits, Annotations annotations) {
    int channels = annotations.channels();
    float[] completed = new float[annotations.pixels()];
    PixelBlocks.sum(
        completed.length,
        0,
        (first, count, none) -> {
          float[] z = new float[count * channels];
          float[] y = new float[count];
          logits.get(first * channels, z, z.length);
          annotations.classes().get(first, y, count);
          for (int i = 0; i < count; i++) {
            completed[first + i] =
                y[i] != 0 ? y[i] : largest(z, i * channels, annotations.of(first + i));
          }
        });
    return completed;
  }

  private static int largest(float[] z, int at, boolean[] annotated) {
    int best = 0;
    for (int c = 1; c < annotated.length; c++) {
      if (!annotated[c] && z[at + c] > z[at + best]) {
        best = c;
      }
    }
    return best;
  }
}
