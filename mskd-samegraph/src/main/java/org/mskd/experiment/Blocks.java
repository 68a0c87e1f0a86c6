package org.mskd.experiment;

/** The convolution blocks of the encoder; those of the decoder are always plain. */
public enum Blocks {
  /** Twice a convolution, the normalisation and the activation: nnU-Net's U-Net. */
  PLAIN,
  /**
   * With a skip connection around both convolutions (He et al., CVPR 2016), added before the last
   * activation: the block of nnU-Net v2's residual encoder U-Nets.
   */
  RESIDUAL
}
