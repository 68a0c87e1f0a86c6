package org.mskd.graph;

/**
 * The factors of the activation's input for one image, repeated over a block: (x - mean) factor +
 * offset, and the activation's slope below 0. The forward and the backward kernel share them, as
 * the sign must agree to the last bit.
 */
@SuppressWarnings("ArrayRecordComponent")
record ChannelFactors(float[] mean, float[] factor, float[] offset, float slope) {
  /**
   * @param shift of the channels, {@code [channels]}, or of each image's, {@code [images,
   *     channels]}
   * @param slope above 0 and at most 1; 1 for no activation
   */
  static ChannelFactors of(
      Tiling tiling,
      ChannelStatistics statistics,
      int image,
      float[] scale,
      float[] shift,
      float slope) {
    float[] mean = new float[scale.length];
    float[] factor = new float[scale.length];
    float[] offset = new float[scale.length];
    int first = firstShift(image, scale.length, shift.length);
    for (int c = 0; c < scale.length; c++) {
      mean[c] = statistics.mean(image, c);
      factor[c] = scale[c] * statistics.inverse(image, c);
      offset[c] = shift[first + c] - statistics.rest(image, c) * factor[c];
    }
    return new ChannelFactors(tiling.tile(mean), tiling.tile(factor), tiling.tile(offset), slope);
  }

  /** Where an image's shifts begin, among those of all images or of any. */
  static int firstShift(int image, int channels, int shifts) {
    return shifts == channels ? 0 : image * channels;
  }

  /** x to leakyRelu(v), in place. */
  void activate(float[] block, int count) {
    activate(block, count, mean, factor, offset, slope);
  }

  /** x to x - mean, and dy to dy leakyRelu'(v), in place. */
  void applyDerivative(float[] x, float[] dy, int count) {
    applyDerivative(x, dy, count, mean, factor, offset, slope);
  }

  private static void activate(
      float[] block, int count, float[] mean, float[] factor, float[] offset, float slope) {
    for (int t = 0; t < count; t++) {
      float v = (block[t] - mean[t]) * factor[t] + offset[t];
      block[t] = Math.max(v, slope * v);
    }
  }

  private static void applyDerivative(
      float[] x, float[] dy, int count, float[] mean, float[] factor, float[] offset, float slope) {
    for (int t = 0; t < count; t++) {
      float d = x[t] - mean[t];
      float v = d * factor[t] + offset[t];
      x[t] = d;
      // v / |v| is 1 or -1, so this is exactly 1 or the slope: C2 vectorises it, but no condition.
      dy[t] *= Math.max(v / (Math.abs(v) + Float.MIN_NORMAL), slope);
    }
  }
}
