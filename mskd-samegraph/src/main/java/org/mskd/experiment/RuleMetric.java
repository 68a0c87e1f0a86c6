package org.mskd.experiment;

/** What a rule may be about, under its name in {@code metrics.json}. */
public enum RuleMetric {
  /** Dice, 0 to 1. */
  DICE("dice", true),
  /** 95th percentile of the surface distances, mm. */
  HD95("hd95Mm", false),
  /** Average symmetric surface distance, mm. */
  ASSD("assdMm", false);

  private final String metricName;
  private final boolean moreIsBetter;

  RuleMetric(String metricName, boolean moreIsBetter) {
    this.metricName = metricName;
    this.moreIsBetter = moreIsBetter;
  }

  /** The key in {@code metrics.json}. */
  public String metricName() {
    return metricName;
  }

  /** Whether a larger value is a better one: of Dice, but not of distances. */
  public boolean moreIsBetter() {
    return moreIsBetter;
  }
}
