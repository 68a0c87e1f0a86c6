package org.mskd.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.Kernels;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An exponential moving average of the parameters of a session (Tarvainen and Valpola, <i>Mean
 * teachers are better role models</i>, NeurIPS 2017). It begins with their values at that time.
 */
public final class ParameterAverage {
  /** Floats of a task: parameters differ in size by a thousand times, tasks should not. */
  private static final int PART = 1 << 15;

  private static final int BLOCK = 1 << 12;
  private static final ThreadLocal<float[]> AVERAGES =
      ThreadLocal.withInitial(() -> new float[BLOCK]);
  private static final ThreadLocal<float[]> WEIGHTS =
      ThreadLocal.withInitial(() -> new float[BLOCK]);

  private final GraphSession trained;
  private final SortedMap<String, INDArray> averages;
  private final List<Part> parts = new ArrayList<>();

  /** Floats {@code begin .. end-1} of a parameter. */
  private record Part(String parameter, int begin, int end) {}

  /**
   * @param trained holds the parameters, perhaps with others
   * @param averages where the average is, by the names and in the shapes of parameters; the caller
   *     may read them at any time
   */
  public ParameterAverage(GraphSession trained, Map<String, INDArray> averages) {
    this.trained = trained;
    this.averages = new TreeMap<>(averages);
    this.averages.forEach(
        (name, array) -> {
          int length = (int) array.length();
          for (int begin = 0; begin < length; begin += PART) {
            parts.add(new Part(name, begin, Math.min(length, begin + PART)));
          }
        });
    update(0);
  }

  /**
   * Moves each value of the average by (1 - decay) of its distance towards the parameter's.
   *
   * @param decay from 0 to 1
   */
  public void update(double decay) {
    float step = (float) (1 - decay);
    Map<String, HostFloats> averaged = new TreeMap<>();
    Map<String, HostFloats> weights = new TreeMap<>();
    averages.forEach(
        (name, array) -> {
          averaged.put(name, HostFloats.update(array));
          weights.put(name, HostFloats.read(trained.parameter(name)));
        });
    Kernels.parallel(
        parts.size(),
        p -> {
          Part part = parts.get(p);
          move(averaged.get(part.parameter), weights.get(part.parameter), part, step);
        });
    averaged.values().forEach(HostFloats::close);
    weights.values().forEach(HostFloats::close);
  }

  private static void move(HostFloats averaged, HostFloats weights, Part part, float step) {
    float[] average = AVERAGES.get();
    float[] weight = WEIGHTS.get();
    for (int at = part.begin; at < part.end; at += BLOCK) {
      int count = Math.min(BLOCK, part.end - at);
      averaged.get(at, average, count);
      weights.get(at, weight, count);
      for (int i = 0; i < count; i++) {
        average[i] = step == 1 ? weight[i] : average[i] + step * (weight[i] - average[i]);
      }
      averaged.put(at, average, count);
    }
  }

  /** A copy of the average, by the names of the parameters. */
  public List<Tensor> weights() {
    return state("");
  }

  /**
   * A copy of the average for a checkpoint.
   *
   * @param prefix begins the names
   */
  public List<Tensor> state(String prefix) {
    List<Tensor> tensors = new ArrayList<>();
    averages.forEach(
        (name, array) ->
            tensors.add(new Tensor(prefix + name, array.shape(), HostFloats.copy(array))));
    return tensors;
  }

  /** Takes the values of a {@link #state}. */
  public void restore(String prefix, Map<String, Tensor> tensors) {
    averages.forEach((name, array) -> HostFloats.fill(array, tensors.get(prefix + name).values()));
  }
}
