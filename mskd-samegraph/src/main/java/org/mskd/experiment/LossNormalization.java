package org.mskd.experiment;

/** What a term's sum over the pixels of a slice is divided by, before the mean over the batch. */
public enum LossNormalization {
  /** The number of all its pixels, inside the region or not: the source's. */
  IMAGE,
  /** The number of pixels inside the region; a slice without any gives 0. */
  REGION
}
