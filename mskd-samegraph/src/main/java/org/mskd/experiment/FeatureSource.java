package org.mskd.experiment;

/** Which half of the U-Net features are taken from. */
public enum FeatureSource {
  /** The block's output on the way down, before it is pooled: the source's. */
  ENCODER,
  /** The block's output on the way up; at the deepest level, the bottleneck, the same. */
  DECODER
}
