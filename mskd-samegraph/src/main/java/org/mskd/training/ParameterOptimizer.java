package org.mskd.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Optimizer;
import org.mskd.experiment.Sgd;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.Kernels;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;

/**
 * Updates a session's parameters in place. What all update rules share is here, in the order of
 * PyTorch's optimizers: gradients are clipped by their common norm, then weight decay is added to
 * them.
 */
public abstract sealed class ParameterOptimizer permits AdamOptimizer, SgdOptimizer {
  /** Floats of a task: parameters differ in size by a thousand times, tasks should not. */
  private static final int PART = 1 << 15;

  private static final int BLOCK = 1 << 12;
  private static final ThreadLocal<float[]> VALUES =
      ThreadLocal.withInitial(() -> new float[BLOCK]);
  private static final ThreadLocal<float[]> SLOPES =
      ThreadLocal.withInitial(() -> new float[BLOCK]);

  private final GraphSession session;
  private final Optimizer settings;
  private final List<String> moments;
  private final List<State> states = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private int steps;

  /** One parameter. */
  private static final class State {
    final String name;

    /** What the update rule keeps of it, in the order of its names. */
    final float[][] moments;

    /** Open during a step. */
    HostFloats weights;

    HostFloats gradient;

    State(String name, int length, int moments) {
      this.name = name;
      this.moments = new float[moments][length];
    }
  }

  /** Floats {@code begin .. end-1} of a parameter. */
  private record Part(State state, int begin, int end) {}

  /** The update rule in one step. */
  interface Step {
    /**
     * Moves a block of one parameter. Several threads call it at once for different blocks.
     *
     * @param values the weights of the block, to be changed
     * @param slopes their gradients, clipped and with weight decay
     * @param count how many
     * @param moments what the rule keeps of the whole parameter, zero before the first step
     * @param at where the block begins in the moments
     */
    void move(float[] values, float[] slopes, int count, float[][] moments, int at);
  }

  /**
   * @param moments names of what the rule keeps for each float of each parameter
   */
  ParameterOptimizer(GraphSession session, Optimizer settings, List<String> moments) {
    this.session = session;
    this.settings = settings;
    this.moments = moments;
    for (String name : session.parameters()) {
      int length = (int) session.parameter(name).length();
      State state = new State(name, length, moments.size());
      states.add(state);
      for (int begin = 0; begin < length; begin += PART) {
        parts.add(new Part(state, begin, Math.min(length, begin + PART)));
      }
    }
  }

  /** The optimizer with these settings. */
  static ParameterOptimizer of(GraphSession session, Optimizer settings) {
    return settings instanceof Adam adam
        ? new AdamOptimizer(session, adam)
        : new SgdOptimizer(session, (Sgd) settings);
  }

  /**
   * The update rule.
   *
   * @param number of the step, from 1
   */
  abstract Step rule(int number, double learningRate);

  /** Steps made so far. */
  final int steps() {
    return steps;
  }

  /** The moments by name and parameter: not copies, so valid until the next step. */
  final List<Tensor> state() {
    List<Tensor> tensors = new ArrayList<>();
    for (State state : states) {
      long[] shape = session.parameter(state.name).shape();
      for (int m = 0; m < state.moments.length; m++) {
        tensors.add(new Tensor(nameOf(m, state), shape, state.moments[m]));
      }
    }
    return tensors;
  }

  private String nameOf(int moment, State state) {
    return moments.get(moment) + "/" + state.name;
  }

  /**
   * Resumes from a state.
   *
   * @param tensors by name; has all those of {@link #state}, in the same shapes
   */
  final void restore(Map<String, Tensor> tensors, int stepsMade) {
    for (State state : states) {
      for (int m = 0; m < state.moments.length; m++) {
        float[] kept = tensors.get(nameOf(m, state)).values();
        System.arraycopy(kept, 0, state.moments[m], 0, kept.length);
      }
    }
    steps = stepsMade;
  }

  /**
   * One update with the gradients of the session's last run; none where a gradient is NaN or
   * infinite, so that the parameters and moments stay what they were.
   *
   * @return the norm of all gradients together, before clipping and weight decay
   */
  public final double step(double learningRate) {
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
    Step rule = rule(steps, learningRate);
    float decay = (float) settings.weightDecay();
    states.forEach(state -> state.weights = HostFloats.update(session.parameter(state.name)));
    Kernels.parallel(parts.size(), p -> update(parts.get(p), rule, clipping, decay));
    states.forEach(state -> state.weights.close());
  }

  private static void update(Part part, Step rule, float clipping, float decay) {
    State state = part.state;
    float[] values = VALUES.get();
    float[] slopes = SLOPES.get();
    for (int at = part.begin; at < part.end; at += BLOCK) {
      int count = Math.min(BLOCK, part.end - at);
      state.weights.get(at, values, count);
      state.gradient.get(at, slopes, count);
      prepare(slopes, values, count, clipping, decay);
      rule.move(values, slopes, count, state.moments, at);
      state.weights.put(at, values, count);
    }
  }

  private static void prepare(
      float[] slopes, float[] values, int count, float clipping, float decay) {
    if (clipping == 1 && decay == 0) {
      return; // to the bit what the gradients are
    }
    for (int i = 0; i < count; i++) {
      slopes[i] = clipping * slopes[i] + decay * values[i];
    }
  }
}
