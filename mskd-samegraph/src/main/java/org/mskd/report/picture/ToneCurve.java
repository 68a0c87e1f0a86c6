package org.mskd.report.picture;

import java.util.List;

/**
 * HU as 8-bit gray values from which a viewer can compute any window: piecewise linear, fine in
 * soft tissue (2.8 HU per step) and coarse in air and bone.
 */
final class ToneCurve {
  /** HU and gray value of each knot, ascending. */
  static final List<List<Integer>> KNOTS =
      List.of(List.of(-1024, 0), List.of(-200, 40), List.of(300, 216), List.of(1500, 255));

  private ToneCurve() {}

  /** The gray value of an intensity, 0 to 255. */
  static int gray(float hu) {
    if (!(hu > KNOTS.get(0).get(0))) {
      return 0;
    }
    for (int i = 1; i < KNOTS.size(); i++) {
      List<Integer> low = KNOTS.get(i - 1);
      List<Integer> high = KNOTS.get(i);
      if (hu <= high.get(0)) {
        double part = (hu - low.get(0)) / (double) (high.get(0) - low.get(0));
        return (int) Math.round(low.get(1) + part * (high.get(1) - low.get(1)));
      }
    }
    return 255;
  }
}
