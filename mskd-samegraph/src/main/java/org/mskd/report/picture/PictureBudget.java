package org.mskd.report.picture;

/** How many bytes pictures may still take. One thread at a time. */
public final class PictureBudget {
  private final long maximum;
  private long used;

  /**
   * @param maximum bytes of all pictures together
   */
  public PictureBudget(long maximum) {
    this.maximum = maximum;
  }

  /** Takes the bytes of a file, if they are left. */
  boolean take(long bytes) {
    if (used + bytes > maximum) {
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
