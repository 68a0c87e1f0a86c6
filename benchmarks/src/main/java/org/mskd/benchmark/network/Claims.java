package org.mskd.benchmark.network;

import java.util.Arrays;

/**
 * The fraction of a slice in which a teacher predicts its organ. A network with random weights
 * predicts it in half of all pixels, while an organ covers a few per cent. So a teacher's organ
 * logit is lowered until its margin is positive in that fraction of the pixels.
 */
public final class Claims {
  /** Between a spleen or kidney, one per cent of a slice that shows it, and a liver, ten. */
  public static final double SHARE = 0.03;

  private Claims() {}

  /**
   * The value to subtract from every margin.
   *
   * @param margins organ logit minus background logit of many pixels
   */
  public static float excess(float[] margins) {
    float[] sorted = margins.clone();
    Arrays.sort(sorted);
    return sorted[(int) ((1 - SHARE) * (sorted.length - 1))];
  }

  /** The fraction of positive margins. */
  public static double share(float[] margins) {
    int positive = 0;
    for (float margin : margins) {
      positive += margin > 0 ? 1 : 0;
    }
    return (double) positive / margins.length;
  }
}
