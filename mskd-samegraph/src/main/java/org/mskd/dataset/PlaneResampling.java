package org.mskd.dataset;

/**
 * Resamples planes: first between rows, then along each of the rows that are left. Holds a row of
 * scratch memory, so one thread at a time.
 */
final class PlaneResampling {
  private final AxisResampling x;
  private final AxisResampling y;
  private final float[] row;

  PlaneResampling(AxisResampling x, AxisResampling y) {
    this.x = x;
    this.y = y;
    this.row = new float[x.inputs()];
  }

  /**
   * @param source {@code [y inputs][x inputs]}, from {@code sourceOffset}
   * @param target its value (0, 0) is at {@code targetOffset}, its rows {@code targetStride} apart;
   *     what lies outside the outputs is left alone
   */
  void apply(float[] source, int sourceOffset, float[] target, int targetOffset, int targetStride) {
    for (int o = 0; o < y.outputs(); o++) {
      y.across(o, source, sourceOffset, x.inputs(), row);
      x.row(row, 0, target, targetOffset + o * targetStride);
    }
  }
}
