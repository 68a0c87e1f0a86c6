package org.mskd.loss;

import java.util.Arrays;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch's annotations: the class of each pixel, and which organs each slice's data set annotates.
 *
 * @param channels C = K+1, background included
 * @param area pixels per slice
 * @param classes {@code [batch, height, width]}: the channel 1..K of an annotated organ, else 0
 * @param annotated {@code [batch][C]}: whether the slice's data set annotates the channel's organ;
 *     channel 0 never is
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never compared
record Annotations(int channels, int area, HostFloats classes, boolean[][] annotated) {
  /**
   * @param classes {@code [batch, height, width]}
   * @param organs {@code [batch, K]}, 1 or 0
   * @param channels C = K+1
   * @throws IllegalArgumentException if K organs are not C - 1
   */
  static Annotations of(INDArray classes, INDArray organs, int channels) {
    int slices = (int) organs.size(0);
    int count = (int) organs.size(1);
    if (count != channels - 1) {
      throw new IllegalArgumentException(
          count + " organs for a network of " + channels + " outputs");
    }
    float[] given = HostFloats.copy(organs);
    boolean[][] annotated = new boolean[slices][channels];
    for (int i = 0; i < given.length; i++) {
      annotated[i / count][1 + i % count] = given[i] != 0;
    }
    return new Annotations(
        channels, (int) (classes.length() / slices), HostFloats.read(classes), annotated);
  }

  /** Pixels of the batch. */
  int pixels() {
    return area * annotated.length;
  }

  /** Pixels of the slices that have annotations. */
  int annotatedPixels() {
    return area * (int) Arrays.stream(annotated).filter(Annotations::any).count();
  }

  /** The channels that the slice of a pixel annotates. */
  boolean[] of(int pixel) {
    return annotated[pixel / area];
  }

  /** The channels that any slice annotates. */
  boolean[] present() {
    boolean[] present = new boolean[channels];
    for (boolean[] slice : annotated) {
      for (int c = 1; c < channels; c++) {
        present[c] |= slice[c];
      }
    }
    return present;
  }

  /** Whether any channel is annotated. */
  static boolean any(boolean[] slice) {
    for (boolean one : slice) {
      if (one) {
        return true;
      }
    }
    return false;
  }
}
