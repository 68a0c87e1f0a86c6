package org.mskd.fingerprint;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.mskd.volume.Grid;

/** Mass and spread of the tissue in each plane. */
final class TissueProfile {
  /** Digits that are stored: a hundred times finer than the differences that matter. */
  private static final MathContext DIGITS = new MathContext(5);

  private final Grid grid;
  private final List<Double> mass = new ArrayList<>();
  private final List<Double> spread = new ArrayList<>();

  TissueProfile(Grid grid) {
    this.grid = grid;
  }

  void add(float[] plane) {
    double[] columns = new double[grid.nx()];
    double[] rows = new double[grid.ny()];
    for (int y = 0, i = 0; y < grid.ny(); y++) {
      double row = 0;
      for (int x = 0; x < columns.length; x++, i++) {
        float weight = Tissue.weight(plane[i]);
        columns[x] += weight;
        row += weight;
      }
      rows[y] = row;
    }
    double sum = 0;
    for (double column : columns) {
      sum += column;
    }
    double dx = grid.spacing(0);
    double dy = grid.spacing(1);
    mass.add(rounded(sum * dx * dy));
    spread.add(
        rounded(sum == 0 ? 0 : variance(columns, sum) * dx * dx + variance(rows, sum) * dy * dy));
  }

  private static double variance(double[] weights, double sum) {
    double mean = 0;
    for (int i = 0; i < weights.length; i++) {
      mean += weights[i] / sum * i;
    }
    double variance = 0;
    for (int i = 0; i < weights.length; i++) {
      variance += weights[i] / sum * (i - mean) * (i - mean);
    }
    return variance;
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  SliceProfile result() {
    return new SliceProfile(grid.spacing(2), mass, spread);
  }
}
