package org.mskd.experiment;

/** Which random transformations training slices get. */
public enum AugmentationKind {
  /** Rotation, scale, shift, contrast and brightness, of every slice. */
  LIGHT,
  /**
   * The same and, each on some slices, the transformations of nnU-Net's default augmentation
   * without mirroring: further rotation, scale, brightness and contrast, noise, blur, low
   * resolution, gamma.
   */
  FULL
}
