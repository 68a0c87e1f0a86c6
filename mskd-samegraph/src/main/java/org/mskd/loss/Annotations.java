package org.mskd.loss;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
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
 * @param owners the row of {@code annotated} that holds for each pixel; empty where slices are not
 *     mixed: it is the pixel's slice
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never compared
record Annotations(
    int channels, int area, HostFloats classes, boolean[][] annotated, Optional<int[]> owners) {
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
        channels,
        (int) (classes.length() / slices),
        HostFloats.read(classes),
        annotated,
        Optional.empty());
  }

  /**
   * The same where pixels may be of another slice's data set.
   *
   * @param rows the row of {@code annotated} that holds for each pixel, {@code [batch, height,
   *     width]}
   * @throws IllegalArgumentException if one does not exist
   */
  Annotations mixed(INDArray rows) {
    float[] given = HostFloats.copy(rows);
    int[] numbers = new int[given.length];
    for (int i = 0; i < given.length; i++) {
      numbers[i] = (int) given[i];
      if (numbers[i] < 0 || numbers[i] >= annotated.length) {
        throw new IllegalArgumentException(
            "a pixel of slice " + numbers[i] + " of " + annotated.length);
      }
    }
    return new Annotations(channels, area, classes, annotated, Optional.of(numbers));
  }

  /** Pixels of the batch. */
  int pixels() {
    return area * annotated.length;
  }

  /** Pixels whose data set has annotations. */
  int annotatedPixels() {
    int[] counts = counts();
    return IntStream.range(0, counts.length)
        .filter(row -> any(annotated[row]))
        .map(row -> counts[row])
        .sum();
  }

  /** How many pixels each row of {@code annotated} holds for. */
  private int[] counts() {
    int[] counts = new int[annotated.length];
    if (owners.isEmpty()) {
      Arrays.fill(counts, area);
    } else {
      for (int owner : owners.get()) {
        counts[owner]++;
      }
    }
    return counts;
  }

  /** The channels that the data set of a pixel annotates. */
  boolean[] of(int pixel) {
    return annotated[owner(pixel)];
  }

  private int owner(int pixel) {
    return owners.isEmpty() ? pixel / area : owners.get()[pixel];
  }

  /**
   * The length of the next run of pixels of one slice and one data set.
   *
   * @param at its first pixel
   * @param end of the block
   */
  int run(int at, int end) {
    int most = PixelBlocks.run(at, end, area);
    int run = owners.isEmpty() ? most : 1;
    while (run < most && owner(at + run) == owner(at)) {
      run++;
    }
    return run;
  }

  /** The channels that the data set of any pixel annotates. */
  boolean[] present() {
    int[] counts = counts();
    boolean[] present = new boolean[channels];
    for (int row = 0; row < counts.length; row++) {
      for (int c = 1; c < channels && counts[row] > 0; c++) {
        present[c] |= annotated[row][c];
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
