package org.mskd.training;

import java.util.List;
import org.mskd.experiment.Sgd;
import org.mskd.graph.runtime.GraphSession;

/**
 * Stochastic gradient descent with Nesterov momentum μ, as in PyTorch's {@code torch.optim.SGD}
 * with {@code nesterov=True} (Sutskever et al., <i>On the importance of initialization and momentum
 * in deep learning</i>, ICML 2013, with the momentum not scaled by the rate),
 *
 * <pre>
 * b ← μ b + g
 * w ← w - rate (g + μ b)
 * </pre>
 */
public final class SgdOptimizer extends ParameterOptimizer {
  private final float momentum;

  public SgdOptimizer(GraphSession session, Sgd settings) {
    super(session, settings, List.of("momentum"));
    this.momentum = (float) settings.momentum();
  }

  @Override
  Step rule(int number, double learningRate) {
    return new Rule((float) learningRate, momentum);
  }

  /** What is the same for every parameter of a step. */
  private record Rule(float rate, float momentum) implements Step {
    @Override
    public void move(float[] values, float[] slopes, int count, float[][] moments, int at) {
      float[] kept = moments[0];
      for (int i = 0; i < count; i++) {
        float g = slopes[i];
        float b = momentum * kept[at + i] + g;
        kept[at + i] = b;
        values[i] -= rate * (g + momentum * b);
      }
    }
  }
}
