package org.mskd.dataset;

import org.mskd.random.SplitMix64;

/**
 * The spatial transformations of nnU-Net's default augmentation: a rotation and a scale, each with
 * a probability of 0.2. The range of the rotation is that of nnU-Net's 3-D configurations; its 2-D
 * configurations rotate by up to 180 degrees, but CT slices have an upright. Elastic deformation is
 * off in nnU-Net's default trainer, and here. Its mirroring is left out, as organs have sides.
 *
 * @param degrees turn from +x towards +y; 0 for none
 * @param scale magnification; 1 for none
 */
record NnUNetGeometry(double degrees, double scale) {
  private static final double PROBABILITY = 0.2;

  /**
   * Samples the transformations of a slice.
   *
   * @param often factor of both probabilities; they end at 1
   */
  static NnUNetGeometry sample(SplitMix64 random, double often) {
    Chance chance = new Chance(random, often);
    return new NnUNetGeometry(
        chance.uniform(PROBABILITY, -30, 30, 0), chance.aboutOne(PROBABILITY, 0.7, 1.4));
  }

  /** This and another transform: rotations and scales of both about the centre, then the shift. */
  Augmentation.Transform with(Augmentation.Transform other) {
    return new Augmentation.Transform(
        other.degrees() + degrees,
        other.scale() * scale,
        other.shiftX(),
        other.shiftY(),
        other.gain(),
        other.offset());
  }
}
