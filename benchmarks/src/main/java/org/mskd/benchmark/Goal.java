package org.mskd.benchmark;

/** The ratios that are compared with goals, by their names in the report. */
public enum Goal {
  SUPERVISED_256("supervisedStep256", 1.0, 0.8),
  SUPERVISED_512("supervisedStep512", 1.0, 0.85),
  MSKD_K4("mskdStepK4", 0.5, 0.33),
  MSKD_GROWTH("mskdGrowthK1ToK8", 1.15, 1.05),
  INFERENCE("inference", 1.0, 0.8),
  RESIDENT_MEMORY("residentMemory", 0.8, 0.65),
  LOSS_SHARE("lossShare", 0.10, 0.05);

  private final String key;
  private final double must;
  private final double aim;

  Goal(String key, double must, double aim) {
    this.key = key;
    this.must = must;
    this.aim = aim;
  }

  String key() {
    return key;
  }

  /** The largest allowed ratio. */
  double must() {
    return must;
  }

  /** The intended ratio. */
  double aim() {
    return aim;
  }
}
