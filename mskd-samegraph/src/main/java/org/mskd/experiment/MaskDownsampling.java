package org.mskd.experiment;

/** How a region is downsampled to a grid that is 2^l times coarser. */
public enum MaskDownsampling {
  /** Position (y, x) takes pixel (y 2^l, x 2^l). */
  NEAREST,
  /** A position is inside where any of its 2^l x 2^l pixels is. */
  MAX,
  /** A position is inside where more than half of its 2^l x 2^l pixels are. */
  MAJORITY
}
