package org.mskd.training;

import java.util.ArrayList;
import java.util.List;
import org.mskd.graph.GraphSession;
import org.mskd.graph.HostFloats;
import org.mskd.graph.Kernels;

/**
 * Adam (Kingma and Ba, 2015, algorithm 1) with its authors' constants, updating a session's
 * parameters in place.
 */
public final class AdamOptimizer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** Floats of a task: parameters differ in size by a thousand times, tasks should not. */
  private static final int PART = 1 << 15;

  private static final int BLOCK = 1 << 12;
  private static final ThreadLocal<float[]> VALUES =
      ThreadLocal.withInitial(() -> new float[BLOCK]);
  private static final ThreadLocal<float[]> SLOPES =
      ThreadLocal.withInitial(() -> new float[BLOCK]);

  private final GraphSession session;
  private final List<State> states = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private int steps;

  /** The moments of one parameter. */
  private static final class State {
    final String name;
    final float[] first;
    final float[] second;

    /** Open during a step. */
    HostFloats weights;

    HostFloats gradient;

    State(String name, int length) {
      this.name = name;
      this.first = new float[length];
      this.second = new float[length];
    }
  }

  /** Floats {@code begin .. end-1} of a parameter. */
  private record Part(State state, int begin, int end) {}

  public AdamOptimizer(GraphSession session) {
    this.session = session;
    for (String name : session.parameters()) {
      int length = (int) session.parameter(name).length();
      State state = new State(name, length);
      states.add(state);
      for (int begin = 0; begin < length; begin += PART) {
        parts.add(new Part(state, begin, Math.min(length, begin + PART)));
      }
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
    for (State state : states) {
      state.weights = HostFloats.update(session.parameter(state.name));
      state.gradient = HostFloats.read(session.gradient(state.name));
    }
    Kernels.parallel(parts.size(), p -> update(parts.get(p), rate, epsilon));
    for (State state : states) {
      state.weights.close();
      state.gradient.close();
    }
  }

  private static void update(Part part, float rate, float epsilon) {
    State state = part.state;
    float[] values = VALUES.get();
    float[] slopes = SLOPES.get();
    for (int at = part.begin; at < part.end; at += BLOCK) {
      int count = Math.min(BLOCK, part.end - at);
      state.weights.get(at, values, count);
      state.gradient.get(at, slopes, count);
      update(state.first, state.second, at, count, values, slopes, rate, epsilon);
      state.weights.put(at, values, count);
    }
  }

  private static void update(
      float[] first,
      float[] second,
      int at,
      int count,
      float[] values,
      float[] slopes,
      float rate,
      float epsilon) {
    for (int i = 0; i < count; i++) {
      float g = slopes[i];
      float m = (float) BETA1 * first[at + i] + (float) (1 - BETA1) * g;
      float v = (float) BETA2 * second[at + i] + (float) (1 - BETA2) * g * g;
      first[at + i] = m;
      second[at + i] = v;
      values[i] -= rate * m / ((float) Math.sqrt(v) + epsilon);
    }
  }
}
