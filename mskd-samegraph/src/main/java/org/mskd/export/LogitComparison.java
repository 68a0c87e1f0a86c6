package org.mskd.export;

/** Compares logits of two runs of a network, batch by batch. Nothing is kept of a batch. */
final class LogitComparison {
  private final int classes;
  private long count;
  private double mean;
  private double squares;
  private double largest;
  private double widestGap;
  private long otherLabels;
  private boolean invalid;

  LogitComparison(int classes) {
    this.classes = classes;
  }

  /**
   * Adds slices.
   *
   * @param ours {@code [slices][pixels][classes]} flattened
   * @param theirs {@code [slices][classes][pixels]} flattened
   */
  void add(float[] ours, float[] theirs, int slices, int pixels) {
    for (int slice = 0; slice < slices; slice++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        int own = (slice * pixels + pixel) * classes;
        add(ours, own, theirs, slice * classes * pixels + pixel, pixels);
      }
    }
  }

  private void add(float[] ours, int own, float[] theirs, int other, int stride) {
    int best = 0;
    int theirBest = 0;
    float second = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      float value = ours[own + c];
      float found = theirs[other + c * stride];
      note(value, found);
      if (c > 0 && value > ours[own + best]) {
        second = ours[own + best];
        best = c;
      } else if (c > 0) {
        second = Math.max(second, value);
      }
      theirBest = found > theirs[other + theirBest * stride] ? c : theirBest;
    }
    if (best != theirBest) {
      otherLabels++;
      widestGap = Math.max(widestGap, (double) ours[own + best] - second);
    }
  }

  /** Mean and squared deviations as by Welford, without cancellation. */
  private void note(float value, float found) {
    invalid |= !Float.isFinite(value) || !Float.isFinite(found);
    largest = Math.max(largest, Math.abs((double) value - found));
    count++;
    double deviation = value - mean;
    mean += deviation / count;
    squares += deviation * (value - mean);
  }

  /** The result for all slices so far. */
  CheckResult result(int slices, String version) {
    return new CheckResult(
        version,
        slices,
        invalid ? Double.NaN : largest,
        count == 0 ? 0 : Math.sqrt(squares / count),
        otherLabels,
        widestGap);
  }
}
