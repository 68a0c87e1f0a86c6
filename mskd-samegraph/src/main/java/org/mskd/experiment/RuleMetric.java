package org.mskd.experiment;

/** What a rule may be about, under its name in {@code metrics.json}. */
public enum RuleMetric {
  /** Dice, 0 to 1. */
  DICE("dice", "", true),
  /** Surface Dice at the tolerance of the experiment, 0 to 1. */
  SURFACE_DICE("surfaceDice", "", true),
  /** 95th percentile of the surface distances, mm; a miss counts as the volume's diagonal. */
  HD95("hd95", "mm", false),
  /** Average symmetric surface distance, mm; a miss counts as the volume's diagonal. */
  ASSD("assd", "mm", false),
  /** Absolute difference of the volumes, ml. */
  ABSOLUTE_VOLUME_DIFFERENCE("absoluteVolumeDifference", "ml", false),
  /** Number of cases in which the organ was missed. */
  MISSED("missed", "", false);

  private final String shortName;
  private final String unit;
  private final boolean moreIsBetter;

  RuleMetric(String shortName, String unit, boolean moreIsBetter) {
    this.shortName = shortName;
    this.unit = unit;
    this.moreIsBetter = moreIsBetter;
  }

  /** The key in {@code metrics.json}, such as {@code hd95Mm}. */
  public String metricName() {
    return unit.isEmpty()
        ? shortName
        : shortName + Character.toUpperCase(unit.charAt(0)) + unit.substring(1);
  }

  /** The name without the unit, such as {@code hd95}. */
  public String shortName() {
    return shortName;
  }

  /** What follows a value in text: a space and the unit, or nothing. */
  public String unitSuffix() {
    return unit.isEmpty() ? "" : " " + unit;
  }

  /** Whether a larger value is a better one: of Dice, but not of distances, volumes and misses. */
  public boolean moreIsBetter() {
    return moreIsBetter;
  }

  /** Whether values lie from 0 to 1. */
  boolean isFraction() {
    return this == DICE || this == SURFACE_DICE;
  }
}
