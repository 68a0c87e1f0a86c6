package org.mskd.evaluation;

import java.util.OptionalDouble;
import java.util.function.Function;

/** What is summarised over the cases, under its name in {@code metrics.json} and in the CSV. */
public enum Metric {
  /** Dice, 0 to 1; 0 for a miss. */
  DICE("dice", CaseScore::dice),
  /** Surface Dice, 0 to 1; 0 for a miss. */
  SURFACE_DICE("surfaceDice", CaseScore::surfaceDice),
  /** HD95 in mm over the cases in which the organ was found. */
  HD95("hd95Mm", CaseScore::hd95Mm),
  /** HD95 in mm; a miss counts as the volume's diagonal. */
  HD95_WITH_MISSES("hd95MmWithMisses", score -> score.orDiagonal(score.hd95Mm())),
  /** ASSD in mm over the cases in which the organ was found. */
  ASSD("assdMm", CaseScore::assdMm),
  /** ASSD in mm; a miss counts as the volume's diagonal. */
  ASSD_WITH_MISSES("assdMmWithMisses", score -> score.orDiagonal(score.assdMm())),
  /** Predicted minus reference volume, ml; the reference's whole volume is lost by a miss. */
  VOLUME_DIFFERENCE("volumeDifferenceMl", CaseScore::volumeDifferenceMl),
  /** The absolute value of the volume difference, ml, so that over and under do not cancel. */
  ABSOLUTE_VOLUME_DIFFERENCE("absoluteVolumeDifferenceMl", Metric::absoluteVolumeDifferenceMl);

  private final String key;
  private final Function<CaseScore, OptionalDouble> value;

  Metric(String key, Function<CaseScore, OptionalDouble> value) {
    this.key = key;
    this.value = value;
  }

  /** The name in files. */
  public String key() {
    return key;
  }

  /** The value of one case; empty where it is undefined. */
  public OptionalDouble of(CaseScore score) {
    return value.apply(score);
  }

  private static OptionalDouble absoluteVolumeDifferenceMl(CaseScore score) {
    OptionalDouble difference = score.volumeDifferenceMl();
    return difference.isPresent()
        ? OptionalDouble.of(Math.abs(difference.getAsDouble()))
        : OptionalDouble.empty();
  }
}
