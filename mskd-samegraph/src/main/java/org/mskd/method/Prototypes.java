package org.mskd.method;

import org.mskd.model.Tensor;
import org.mskd.random.SplitMix64;

/**
 * Prototypes of classes: vectors of length 1, {@code [2, K+1, M, channels]}, first those of
 * labelled pixels, then those of unlabelled ones. They begin with random directions and follow the
 * mean directions of the embeddings that are assigned to them.
 */
final class Prototypes {
  private final long[] shape;
  private final int channels;
  private final float[] values;

  Prototypes(int classes, int perClass, int channels, long seed) {
    this.shape = new long[] {2, classes, perClass, channels};
    this.channels = channels;
    this.values = new float[2 * classes * perClass * channels];
    SplitMix64 random = new SplitMix64(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    for (int at = 0; at < values.length; at += channels) {
      scale(at, 1 / length(values, at));
    }
  }

  /**
   * Moves each prototype towards the direction of a sum of embeddings, and back to length 1:
   *
   * <pre>
   * P ← keep P + (1 - keep) f/|f|,   P ← P/|P|
   * </pre>
   *
   * @param sums f in the shape of the prototypes; one that is zero moves nothing
   */
  void update(float[] sums, double keep) {
    for (int at = 0; at < values.length; at += channels) {
      double length = length(sums, at);
      if (length > 0) {
        for (int d = at; d < at + channels; d++) {
          values[d] = (float) (keep * values[d] + (1 - keep) * sums[d] / length);
        }
        double own = length(values, at);
        if (own > 0) {
          scale(at, 1 / own);
        }
      }
    }
  }

  private double length(float[] vectors, int at) {
    double squares = 0;
    for (int d = at; d < at + channels; d++) {
      squares += (double) vectors[d] * vectors[d];
    }
    return Math.sqrt(squares);
  }

  private void scale(int at, double factor) {
    for (int d = at; d < at + channels; d++) {
      values[d] *= (float) factor;
    }
  }

  /** {@code [2, K+1, M, channels]}. */
  long[] shape() {
    return shape.clone();
  }

  /** A copy of all values. */
  float[] values() {
    return values.clone();
  }

  /** For a checkpoint. */
  Tensor state(String name) {
    return new Tensor(name, shape, values());
  }

  void restore(Tensor tensor) {
    System.arraycopy(tensor.values(), 0, values, 0, values.length);
  }
}
