package org.mskd.training;

import java.util.ArrayList;
import java.util.List;
import org.mskd.graph.GraphSession;
import org.mskd.graph.HostFloats;
import org.mskd.graph.Kernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adam (Kingma and Ba, 2015, algorithm 1) with its authors' constants, updating a session's
 * parameters in place.
 */
public final class AdamOptimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final int BLOCK = 8192;

  private final GraphSession session;
  private final List<State> states = new ArrayList<>();
  private int steps;

  /** The moments of one parameter. */
  private static final class State {
    final String name;
    final float[] first;
    final float[] second;

    State(String name, int length) {
      this.name = name;
      this.first = new float[length];
      this.second = new float[length];
    }
  }

  public AdamOptimizer(GraphSession session) {
    this.session = session;
    for (String name : session.parameters()) {
      states.add(new State(name, (int) session.parameter(name).length()));
    }
  }

  /** One update with the gradients of the session's last run. */
  public void step(double learningRate) {
    steps++;
    double correction1 = 1 - Math.pow(BETA1, steps);
    double correction2 = 1 - Math.pow(BETA2, steps);
    // m̂ / (√v̂ + ε) = (√c2 / c1) m / (√v + ε √c2)
    float rate = (float) (learningRate * Math.sqrt(correction2) / correction1);
    float epsilon = (float) (EPSILON * Math.sqrt(correction2));
    Kernels.parallel(states.size(), p -> update(states.get(p), rate, epsilon));
  }

  private void update(State state, float rate, float epsilon) {
    INDArray parameter = session.parameter(state.name);
    float[] values = new float[Math.min(BLOCK, state.first.length)];
    float[] slopes = new float[values.length];
    try (HostFloats weights = HostFloats.update(parameter);
        HostFloats gradient = HostFloats.read(session.gradient(state.name))) {
      for (int at = 0; at < state.first.length; at += BLOCK) {
        int count = Math.min(BLOCK, state.first.length - at);
        weights.get(at, values, count);
        gradient.get(at, slopes, count);
        for (int i = 0; i < count; i++) {
          float g = slopes[i];
          float m = (float) BETA1 * state.first[at + i] + (float) (1 - BETA1) * g;
          float v = (float) BETA2 * state.second[at + i] + (float) (1 - BETA2) * g * g;
          state.first[at + i] = m;
          state.second[at + i] = v;
          values[i] -= rate * m / ((float) Math.sqrt(v) + epsilon);
        }
        weights.put(at, values, count);
      }
    }
  }
}
