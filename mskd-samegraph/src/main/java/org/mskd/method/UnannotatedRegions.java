package org.mskd.method;

import java.util.Map;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.Kernels;
import org.mskd.training.TensorBatch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Marks where a batch's {@link PseudoLabels} show an organ that the slot's data set does not
 * annotate, and the surroundings: all pixels at most a radius away along each axis. Pixels of
 * annotated organs are left out, as their class is known.
 *
 * <p>The marked pixels have one weight, such that the weights of all N pixels of the batch add up
 * to N: a sum over pixels that is divided by N is the mean over the regions. Without a region all
 * weights are 0.
 */
final class UnannotatedRegions implements BatchExtension {
  /** Name of the tensor that is added, {@code [batch, size, size]}. */
  static final String WEIGHTS = "unannotatedRegion";

  private final int radius;
  private final LastArrays last = new LastArrays();

  /**
   * @param radius pixels, at least 0
   */
  UnannotatedRegions(int radius) {
    this.radius = radius;
  }

  @Override
  public TensorBatch extend(TensorBatch batch) {
    INDArray classes = batch.get(PseudoLabels.CLASSES);
    float[] weights =
        weights(
            HostFloats.copy(classes),
            HostFloats.copy(batch.get(TensorBatch.ANNOTATED)),
            (int) classes.size(0),
            (int) classes.size(1),
            radius);
    return batch.with(Map.of(WEIGHTS, last.replace(weights, classes.shape())));
  }

  /**
   * @param classes {@code [batch][size][size]} flattened
   * @param annotated {@code [batch][K]} flattened
   */
  static float[] weights(float[] classes, float[] annotated, int slots, int size, int radius) {
    int organs = annotated.length / slots;
    int area = size * size;
    float[] weights = new float[classes.length];
    int[] marked = new int[slots];
    Kernels.parallel(
        slots,
        slot -> {
          boolean[] region = new boolean[area];
          for (int i = 0; i < area; i++) {
            int organ = (int) classes[slot * area + i] - 1;
            region[i] = organ >= 0 && annotated[slot * organs + organ] == 0;
          }
          region = dilated(region, size, radius);
          for (int i = 0; i < area; i++) {
            int organ = (int) classes[slot * area + i] - 1;
            if (region[i] && (organ < 0 || annotated[slot * organs + organ] == 0)) {
              weights[slot * area + i] = 1;
              marked[slot]++;
            }
          }
        });
    long total = 0;
    for (int count : marked) {
      total += count;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = weights[i] == 0 ? 0 : (float) (weights.length / (double) total);
    }
    return weights;
  }

  /** Dilation by a square of side 2 radius + 1, one axis after the other. */
  static boolean[] dilated(boolean[] region, int size, int radius) {
    boolean[] rows = new boolean[region.length];
    boolean[] both = new boolean[region.length];
    for (int line = 0; line < size; line++) {
      spread(region, rows, line * size, 1, size, radius);
    }
    for (int line = 0; line < size; line++) {
      spread(rows, both, line, size, size, radius);
    }
    return both;
  }

  private static void spread(
      boolean[] from, boolean[] to, int begin, int stride, int size, int radius) {
    int open = 0; // the first position that is not decided
    for (int at = 0; at < size; at++) {
      if (from[begin + at * stride]) {
        open = Math.max(open, at - radius);
        for (; open < size && open <= at + radius; open++) {
          to[begin + open * stride] = true;
        }
      }
    }
  }

  @Override
  public void close() {
    last.close();
  }
}
