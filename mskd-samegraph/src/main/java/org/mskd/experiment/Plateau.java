package org.mskd.experiment;

/**
 * The learning rate is lowered when the training loss has stopped improving.
 *
 * @param factor applied to the learning rate
 * @param patience how many epochs in a row may fail to improve before the next one that does lowers
 *     the rate; with 0 the first does. An epoch is measured against the last one that improved, so
 *     that slow progress adds up; with 0 against the lowest signal so far, improvement or not
 * @param threshold by how much the signal must fall to count as an improvement; with 0 it must fall
 *     at all
 * @param signal the value that is monitored
 */
public record Plateau(double factor, int patience, double threshold, PlateauSignal signal)
    implements Schedule {
  /** The source's "lowered by 20 % when the loss decreases by 1e-3", read literally. */
  public static final Plateau SOURCE = new Plateau(0.8, 0, 1e-3, PlateauSignal.EPOCH);

  /** nnU-Net v1's trainer. */
  public static final Plateau NNUNET = new Plateau(0.2, 30, 1e-3, PlateauSignal.AVERAGE);

  public Plateau {
    Checks.within("plateauFactor", factor, 1e-6, 1.0);
    Checks.atLeast("plateauPatience", patience, 0);
    Checks.notNegative("plateauThreshold", threshold);
    Checks.present("plateauSignal", signal);
  }

  @Override
  public boolean dependsOnLength() {
    return false;
  }
}
