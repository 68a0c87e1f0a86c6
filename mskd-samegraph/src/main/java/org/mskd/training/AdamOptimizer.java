package org.mskd.training;

import java.util.List;
import org.mskd.experiment.Adam;
import org.mskd.graph.runtime.GraphSession;

/**
 * Adam (Kingma and Ba, 2015, algorithm 1) with its authors' constants. With amsgrad (Reddi et al.,
 * 2018) the largest second moment so far takes the second moment's place, as in PyTorch's {@code
 * torch.optim.Adam}.
 */
public final class AdamOptimizer extends ParameterOptimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** The authors' algorithm without additions. */
  public AdamOptimizer(GraphSession session) {
    this(session, Adam.PLAIN);
  }

  public AdamOptimizer(GraphSession session, Adam settings) {
    super(
        session,
        settings,
        settings.amsgrad() ? List.of("first", "second", "largest") : List.of("first", "second"));
  }

  @Override
  Step rule(int number, double learningRate) {
    double correction1 = 1 - Math.pow(BETA1, number);
    double correction2 = 1 - Math.pow(BETA2, number);
    // m̂ / (√v̂ + ε) = (√c2 / c1) m / (√v + ε √c2)
    return new Rule(
        (float) (learningRate * Math.sqrt(correction2) / correction1),
        (float) (EPSILON * Math.sqrt(correction2)));
  }

  /** What is the same for every parameter of a step. */
  private record Rule(float rate, float epsilon) implements Step {
    @Override
    public void move(float[] values, float[] slopes, int count, float[][] moments, int at) {
      float[] first = moments[0];
      float[] second = moments[1];
      float[] largest = moments.length > 2 ? moments[2] : null;
      for (int i = 0; i < count; i++) {
        float g = slopes[i];
        float m = (float) BETA1 * first[at + i] + (float) (1 - BETA1) * g;
        float v = (float) BETA2 * second[at + i] + (float) (1 - BETA2) * g * g;
        first[at + i] = m;
        second[at + i] = v;
        if (largest != null) {
          v = Math.max(largest[at + i], v);
          largest[at + i] = v;
        }
        values[i] -= rate * m / ((float) Math.sqrt(v) + epsilon);
      }
    }
  }
}
