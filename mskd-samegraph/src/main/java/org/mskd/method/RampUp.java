package org.mskd.method;

/**
 * A weight that grows from exp(-5) = 0.007 to 1 (Laine and Aila, <i>Temporal Ensembling for
 * Semi-Supervised Learning</i>, ICLR 2017):
 *
 * <pre>
 * w(t) = exp(-5 (1 - t/T)²) for t &lt; T, else 1
 * </pre>
 *
 * @param length T, iterations; 0 for 1 from the beginning
 */
record RampUp(int length) {
  /**
   * @param iteration from 0
   */
  double at(int iteration) {
    if (iteration >= length) {
      return 1;
    }
    double left = 1 - iteration / (double) length;
    return StrictMath.exp(-5 * left * left);
  }
}
