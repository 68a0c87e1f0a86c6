package org.mskd.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.experiment.Adam;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.Kernels;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;

/**
 * Adam (Kingma and Ba, 2015, algorithm 1) with its authors' constants, updating a session's
 * parameters in place. Optionally with what PyTorch's {@code torch.optim.Adam} adds, in its order:
 * gradients are clipped by their common norm, weight decay is added to them, and with amsgrad
 * (Reddi et al., 2018) the largest second moment so far takes the second moment's place.
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
  private final Adam settings;
  private final List<State> states = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private int steps;

  /** The moments of one parameter. */
  private static final class State {
    final String name;
    final float[] first;
    final float[] second;

    /** The largest second moments so far; null without amsgrad. */
    final float[] largest;

    /** Open during a step. */
    HostFloats weights;

    HostFloats gradient;

    State(String name, int length, boolean amsgrad) {
      this.name = name;
      this.first = new float[length];
      this.second = new float[length];
      this.largest = amsgrad ? new float[length] : null;
    }

    /** By the name of the tensor that keeps it. */
    Map<String, float[]> arrays() {
      Map<String, float[]> arrays = new TreeMap<>();
      arrays.put("first/" + name, first);
      arrays.put("second/" + name, second);
      if (largest != null) {
        arrays.put("largest/" + name, largest);
      }
      return arrays;
    }
  }

  /** Steps made so far. */
  int steps() {
    return steps;
  }

  /**
   * The moments, and with amsgrad the largest second ones: not copies, so valid until the next
   * step.
   */
  List<Tensor> state() {
    List<Tensor> tensors = new ArrayList<>();
    for (State state : states) {
      state
          .arrays()
          .forEach(
              (name, values) ->
                  tensors.add(new Tensor(name, session.parameter(state.name).shape(), values)));
    }
    return tensors;
  }

  /**
   * Resumes from a state.
   *
   * @param tensors by name; has all those of {@link #state}, in the same shapes
   */
  void restore(Map<String, Tensor> tensors, int stepsMade) {
    for (State state : states) {
      state
          .arrays()
          .forEach(
              (name, values) ->
                  System.arraycopy(tensors.get(name).values(), 0, values, 0, values.length));
    }
    steps = stepsMade;
  }

  /** Floats {@code begin .. end-1} of a parameter. */
  private record Part(State state, int begin, int end) {}

  /** What is the same for every parameter of a step. */
  private record Factors(float rate, float epsilon, float clipping, float decay) {}

  /** The authors' algorithm without additions. */
  public AdamOptimizer(GraphSession session) {
    this(session, Adam.PLAIN);
  }

  public AdamOptimizer(GraphSession session, Adam settings) {
    this.session = session;
    this.settings = settings;
    for (String name : session.parameters()) {
      int length = (int) session.parameter(name).length();
      State state = new State(name, length, settings.amsgrad());
      states.add(state);
      for (int begin = 0; begin < length; begin += PART) {
        parts.add(new Part(state, begin, Math.min(length, begin + PART)));
      }
    }
  }

  /**
   * One update with the gradients of the session's last run; none where a gradient is NaN or
   * infinite, so that the parameters and moments stay what they were.
   *
   * @return the norm of all gradients together, before clipping and weight decay
   */
  public double step(double learningRate) {
    for (State state : states) {
      state.gradient = HostFloats.read(session.gradient(state.name));
    }
    double norm =
        GradientNorm.of(
            parts.stream()
                .map(part -> new GradientNorm.Part(part.state.gradient, part.begin, part.end))
                .toList());
    if (Double.isFinite(norm)) {
      update(learningRate, GradientNorm.clipping(norm, settings.gradientClipping()));
    }
    states.forEach(state -> state.gradient.close());
    return norm;
  }

  private void update(double learningRate, float clipping) {
    steps++;
    double correction1 = 1 - Math.pow(BETA1, steps);
    double correction2 = 1 - Math.pow(BETA2, steps);
    // m̂ / (√v̂ + ε) = (√c2 / c1) m / (√v + ε √c2)
    Factors factors =
        new Factors(
            (float) (learningRate * Math.sqrt(correction2) / correction1),
            (float) (EPSILON * Math.sqrt(correction2)),
            clipping,
            (float) settings.weightDecay());
    states.forEach(state -> state.weights = HostFloats.update(session.parameter(state.name)));
    Kernels.parallel(parts.size(), p -> update(parts.get(p), factors));
    states.forEach(state -> state.weights.close());
  }

  private static void update(Part part, Factors factors) {
    State state = part.state;
    float[] values = VALUES.get();
    float[] slopes = SLOPES.get();
    for (int at = part.begin; at < part.end; at += BLOCK) {
      int count = Math.min(BLOCK, part.end - at);
      state.weights.get(at, values, count);
      state.gradient.get(at, slopes, count);
      prepare(slopes, values, count, factors);
      move(state, at, count, values, slopes, factors);
      state.weights.put(at, values, count);
    }
  }

  private static void prepare(float[] slopes, float[] values, int count, Factors factors) {
    float clipping = factors.clipping;
    float decay = factors.decay;
    if (clipping == 1 && decay == 0) {
      return; // to the bit what the gradients are
    }
    for (int i = 0; i < count; i++) {
      slopes[i] = clipping * slopes[i] + decay * values[i];
    }
  }

  private static void move(
      State state, int at, int count, float[] values, float[] slopes, Factors factors) {
    float[] first = state.first;
    float[] second = state.second;
    float[] largest = state.largest;
    float rate = factors.rate;
    float epsilon = factors.epsilon;
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
