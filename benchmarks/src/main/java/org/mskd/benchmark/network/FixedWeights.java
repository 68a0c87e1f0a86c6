package org.mskd.benchmark.network;

import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.Network;
import org.mskd.graph.WeightInit;
import org.mskd.model.Tensor;
import org.mskd.model.WeightShapes;

/**
 * Weights of a U-Net as a function of a seed, by our names and in our shapes ({@code [kernel,
 * kernel, in, out]}). No bias is 0 and no scale 1, so that logits agree only where every parameter
 * is used as it should be.
 */
public final class FixedWeights {
  /** Spread of biases and shifts, and of scales about 1. */
  private static final float SPREAD = 0.1f;

  /** A fan-in with which {@link WeightInit} gives a standard deviation of about 1. */
  private static final int UNIT = 2;

  private FixedWeights() {}

  /**
   * @param outputs classes, background included
   */
  public static SortedMap<String, Tensor> of(Network network, int outputs, long seed) {
    WeightInit init = new WeightInit(seed);
    SortedMap<String, Tensor> weights = new TreeMap<>();
    new WeightShapes(network, outputs)
        .byName()
        .forEach((name, shape) -> weights.put(name, tensor(init, name, shape)));
    return weights;
  }

  private static Tensor tensor(WeightInit init, String name, long[] shape) {
    int count = 1;
    for (long length : shape) {
      count = Math.toIntExact(count * length);
    }
    if (name.endsWith(".weight")) {
      int fanIn = Math.toIntExact(shape[0] * shape[1] * shape[2]);
      return new Tensor(name, shape, init.heNormal(name, count, fanIn));
    }
    float[] values = init.heNormal(name, count, UNIT);
    float middle = name.endsWith(".scale") ? 1 : 0;
    for (int i = 0; i < count; i++) {
      values[i] = middle + SPREAD * values[i];
    }
    return new Tensor(name, shape, values);
  }
}
