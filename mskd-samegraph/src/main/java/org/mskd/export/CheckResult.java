package org.mskd.export;

import java.util.Locale;

/**
 * An exported network in ONNX Runtime, compared with this project's own network.
 *
 * @param version of ONNX Runtime
 * @param slices that were compared
 * @param largestDifference of a logit, absolute; NaN where a logit is NaN or infinite
 * @param deviation standard deviation of all logits of our own network
 * @param otherLabels pixels whose class with the largest logit differs
 * @param widestGap the largest difference of our two largest logits in such a pixel
 */
public record CheckResult(
    String version,
    int slices,
    double largestDifference,
    double deviation,
    long otherLabels,
    double widestGap) {
  /** The largest allowed difference, as a part of the logits' standard deviation. */
  public static final double TOLERANCE = 1e-3;

  /**
   * Whether no logit differs by more than the tolerance, and no label where the two largest logits
   * are more than twice that apart.
   */
  public boolean holds() {
    double bound = TOLERANCE * deviation;
    return largestDifference <= bound && widestGap <= 2 * bound;
  }

  /** What was found, without a full stop. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "ONNX Runtime %s: largest difference %.1e of the logits' standard deviation on %d slices,"
            + " %s",
        version,
        largestDifference / deviation,
        slices,
        otherLabels == 0
            ? "all labels equal"
            : String.format(
                Locale.ROOT,
                "labels differ in %d pixels, where the two largest logits are at most %.1e apart",
                otherLabels,
                widestGap / deviation));
  }
}
