package org.mskd.benchmark.network;

import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.architecture.UNet2d;
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
    new WeightShapes(UNet2d.of(network, outputs))
        .byName()
        .forEach((name, shape) -> weights.put(name, tensor(init, name, shape)));
    return weights;
  }

  /**
   * Weights of a teacher. Its predictions form connected regions, as organs do, since they depend
   * on the two coarsest grids only. On the finer levels the decoder's weights of skip connections,
   * and of a pixel's neighbours, are 0; that saves no multiplication.
   */
  public static SortedMap<String, Tensor> ofTeacher(Network network, long seed) {
    SortedMap<String, Tensor> weights = of(network, 2, seed);
    for (int level = 0; level < network.depth() - 1; level++) {
      keepCentre(
          weights.get("decoder." + level + ".conv1.weight"), network.baseChannels() << level);
      keepCentre(weights.get("decoder." + level + ".conv2.weight"), 0);
    }
    return weights;
  }

  /** Sets all weights to 0 but those of the middle of a 3x3 kernel, without the first channels. */
  private static void keepCentre(Tensor weight, int skipped) {
    int in = Math.toIntExact(weight.shape()[2]);
    int out = Math.toIntExact(weight.shape()[3]);
    float[] values = weight.values();
    for (int i = 0; i < values.length; i++) {
      boolean middle = i / out / in == 4;
      if (!middle || i / out % in < skipped) {
        values[i] = 0;
      }
    }
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
