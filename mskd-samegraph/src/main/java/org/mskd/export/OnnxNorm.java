package org.mskd.export;

/** How an instance normalisation is written. */
public enum OnnxNorm {
  /**
   * In basic operators, with means over columns, then over rows. ONNX Runtime adds all pixels of a
   * channel in 32-bit floats one after the other. The rounding error of such a sum is multiplied
   * where a channel is nearly constant, as in slices with much air. Sums of one row or column have
   * far smaller errors. On CT slices of 128 x 128 pixels, the logits had errors of 4e-5 of their
   * standard deviation instead of 1e-3, compared with 64-bit floats, and took no longer.
   */
  COMPOSED,
  /** The operator InstanceNormalization. */
  OPERATOR
}
