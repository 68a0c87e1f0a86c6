package org.mskd.benchmark.network;

import java.util.Map;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.Network;
import org.mskd.model.WeightShapes;

/**
 * The number of operations of a pass through a U-Net's convolutions, from their shapes alone:
 * padding is counted as data, and only convolutions are counted.
 */
public final class MultiplyAdds {
  /**
   * Passes of a convolution with the same number of operations: its result, its input's gradient
   * and its weights' gradient.
   */
  private static final int PASSES = 3;

  private static final int FLOP = 2;

  private MultiplyAdds() {}

  /** Of a forward pass over {@code batch} slices of {@code size} x {@code size} pixels. */
  public static long forward(Network network, int outputs, int batch, int size) {
    long sum = 0;
    for (Map.Entry<String, long[]> entry :
        new WeightShapes(UNet2d.of(network, outputs)).byName().entrySet()) {
      long[] shape = entry.getValue();
      if (shape.length == 4) {
        long side = size >> level(entry.getKey());
        sum += batch * side * side * shape[0] * shape[1] * shape[2] * shape[3];
      }
    }
    return sum;
  }

  /** Floating-point operations of a training step: forward, and backward as if for all inputs. */
  public static double trainingGflop(Network network, int outputs, int batch, int size) {
    return 1e-9 * PASSES * FLOP * forward(network, outputs, batch, size);
  }

  /** How often the slice was halved before a layer: {@code decoder.1.conv2.weight} is at 1. */
  private static int level(String name) {
    String[] parts = name.split("\\.");
    return parts[0].equals("head") ? 0 : Integer.parseInt(parts[1]);
  }
}
