package org.mskd.doctor;

import java.util.List;
import java.util.Map;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.loss.DiceCrossEntropyLoss;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The teachers' loss of a pixel that is wrong and one that is right with certainty: logits 160
 * apart, where the logarithm of a softmax is infinite and ND4J's own log-softmax gives NaN in a
 * cross-entropy.
 */
final class LossCheck implements Check {
  private static final double APART = 160;

  /** Two pixels of class 0 and 1, logits (0, APART) at both. */
  private static final float[] LOGITS = {0, (float) APART, 0, (float) APART};

  @Override
  public String name() {
    return "cross-entropy of logits " + (int) APART + " apart";
  }

  @Override
  public Finding run() {
    SameDiff graph = SameDiff.create();
    SDVariable logits = graph.var("x", Nd4j.create(LOGITS, new long[] {1, 1, 2, 2}, 'c'));
    INDArray classes = Nd4j.create(new float[] {0, 1}, new long[] {1, 1, 2}, 'c');
    DiceCrossEntropyLoss loss =
        DiceCrossEntropyLoss.of(graph, logits, graph.constant("classes", classes));
    try (GraphSession session =
        GraphSession.forTraining(graph, loss.total().name(), List.of(loss.terms().name()))) {
      float[] terms = HostFloats.copy(session.run(Map.of()).get(loss.terms().name()));
      float[] slopes = HostFloats.copy(session.gradient("x"));
      // Cross-entropy: the wrong pixel costs APART, the right one nothing; p = (0, 1) at both.
      // Soft Dice of class 1: 2·1 / (2 + 1). At such p the softmax's slope is 0, so only the
      // cross-entropy's is left: (p - y) / 2 pixels.
      double[] expectedTerms = {APART / 2, 1 - 2.0 / 3};
      double[] expectedSlopes = {-0.5, 0.5, 0, 0};
      return Differences.finding(
          name(),
          Differences.largest(terms, expectedTerms),
          Differences.largest(slopes, expectedSlopes));
    }
  }
}
