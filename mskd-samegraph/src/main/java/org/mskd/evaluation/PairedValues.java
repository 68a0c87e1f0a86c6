package org.mskd.evaluation;

import java.util.Arrays;

/**
 * One metric of two models on the same cases.
 *
 * @param model the value of each case; NaN where either model has none
 * @param other likewise, of the other model
 */
record PairedValues(double[] model, double[] other) {
  /** No pair yet. */
  static PairedValues none(int cases) {
    double[] values = new double[cases];
    Arrays.fill(values, Double.NaN);
    return new PairedValues(values, values.clone());
  }

  void set(int position, double own, double against) {
    model[position] = own;
    other[position] = against;
  }

  /** Of each case the model's value less the other one's. */
  double[] differences() {
    double[] differences = new double[model.length];
    Arrays.setAll(differences, i -> model[i] - other[i]);
    return differences;
  }
}
