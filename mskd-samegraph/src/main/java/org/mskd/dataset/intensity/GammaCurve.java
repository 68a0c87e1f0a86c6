package org.mskd.dataset.intensity;

/**
 * The curve that raises intensities to a power on the [0, 1] scale of a range:
 *
 * <pre>
 * y = range ((x - low) / range)^exponent + low
 * </pre>
 *
 * @param low lower end of the range
 * @param range its length, above 0
 * @param exponent gamma, above 0; 1 for the identity
 */
public record GammaCurve(double low, double range, double exponent) {
  /** The curve over the window's range. */
  public static GammaCurve ofWindow(double exponent) {
    return new GammaCurve(-1, 2, exponent);
  }

  /** The value at x, which lies in the range. */
  public double at(double x) {
    return range * StrictMath.pow((x - low) / range, exponent) + low;
  }
}
