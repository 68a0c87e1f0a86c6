package org.mskd.evaluation;

import java.util.OptionalDouble;

/** What is summarised over the cases, under its name in {@code metrics.json} and in the CSV. */
public enum Metric {
  /** Dice, 0 to 1; 0 for a miss. */
  DICE("dice"),
  /** Surface Dice, 0 to 1; 0 for a miss. Empty, as the distances, where no surface is known. */
  SURFACE_DICE("surfaceDice"),
  /** HD95 in mm over the cases in which the organ was found. */
  HD95("hd95Mm"),
  /** HD95 in mm; a miss counts as the volume's diagonal. */
  HD95_WITH_MISSES("hd95MmWithMisses"),
  /** ASSD in mm over the cases in which the organ was found. */
  ASSD("assdMm"),
  /** ASSD in mm; a miss counts as the volume's diagonal. */
  ASSD_WITH_MISSES("assdMmWithMisses"),
  /** Predicted minus reference volume, ml; the reference's whole volume is lost by a miss. */
  VOLUME_DIFFERENCE("volumeDifferenceMl"),
  /** The absolute value of the volume difference, ml, so that over and under do not cancel. */
  ABSOLUTE_VOLUME_DIFFERENCE("absoluteVolumeDifferenceMl");

  private final String key;

  Metric(String key) {
    this.key = key;
  }

  /** The name in files. */
  public String key() {
    return key;
  }

  /** The value of one case; empty where it is undefined. */
  public OptionalDouble of(CaseScore score) {
    return switch (this) {
      case DICE -> score.dice();
      case SURFACE_DICE -> score.surfaceDice();
      case HD95 -> score.hd95Mm();
      case HD95_WITH_MISSES -> score.orDiagonal(score.hd95Mm());
      case ASSD -> score.assdMm();
      case ASSD_WITH_MISSES -> score.orDiagonal(score.assdMm());
      case VOLUME_DIFFERENCE -> score.volumeDifferenceMl();
      case ABSOLUTE_VOLUME_DIFFERENCE -> absolute(score.volumeDifferenceMl());
    };
  }

  private static OptionalDouble absolute(OptionalDouble value) {
    return value.isPresent()
        ? OptionalDouble.of(Math.abs(value.getAsDouble()))
        : OptionalDouble.empty();
  }
}
