package org.mskd.fingerprint;

/** The weight of a voxel in signatures: HU, clipped to the window of soft tissue, from 0. */
final class Tissue {
  private static final float LOW = -125;
  private static final float HIGH = 275;

  private Tissue() {}

  /** From 0, which is air, to 400. */
  static float weight(float hu) {
    return Math.max(LOW, Math.min(HIGH, hu)) - LOW;
  }
}
