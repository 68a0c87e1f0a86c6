package org.mskd.report.picture;

/**
 * How many bytes pictures may still take. Each case has an equal share of what is left when it
 * begins, so that many slices of one case leave room for those of the others. One thread at a time.
 */
public final class PictureBudget {
  private final long maximum;
  private long limit;
  private long used;

  /**
   * @param maximum bytes of all pictures together
   */
  public PictureBudget(long maximum) {
    this.maximum = maximum;
    this.limit = maximum;
  }

  /**
   * Begins a case.
   *
   * @param left how many cases are left, this one included
   */
  public void begin(int left) {
    limit = used + (maximum - used) / left;
  }

  /** Takes the bytes of a file, if they are left. */
  boolean take(long bytes) {
    if (used + bytes > limit) {
      return false;
    }
    used += bytes;
    return true;
  }

  /** The bytes of all files so far. */
  public long used() {
    return used;
  }
}
