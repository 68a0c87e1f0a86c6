package org.mskd.experiment;

/** What follows each convolution. */
public enum Normalization {
  /** Instance normalisation, then LeakyReLU(0.01): nnU-Net's 2-D block. */
  INSTANCE,
  /** LeakyReLU(0.01) alone. */
  NONE
}
