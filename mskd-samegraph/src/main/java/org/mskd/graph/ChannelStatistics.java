package org.mskd.graph;

/**
 * Mean and inverse standard deviation of each image's channels, as floats in the layout [3, batch,
 * channels]: the mean, its rounding error as a float, 1 / sqrt(variance + 1e-5).
 */
@SuppressWarnings("ArrayRecordComponent")
record ChannelStatistics(float[] values, int images, int channels) {
  /** From the parts of each image, merged in their order. */
  static ChannelStatistics of(ChannelMoments[] parts, Tiling tiling) {
    int images = tiling.images();
    int channels = tiling.channels();
    float[] values = new float[3 * images * channels];
    for (int image = 0; image < images; image++) {
      ChannelMoments moments = new ChannelMoments(channels);
      for (int part = 0; part < tiling.parts(); part++) {
        moments.merge(parts[image * tiling.parts() + part]);
      }
      for (int c = 0; c < channels; c++) {
        int at = image * channels + c;
        double variance = moments.squares[c] / tiling.pixels();
        values[at] = (float) moments.mean[c];
        values[images * channels + at] = (float) (moments.mean[c] - values[at]);
        values[2 * images * channels + at] =
            (float) (1 / Math.sqrt(variance + InstanceNorm.EPSILON));
      }
    }
    return new ChannelStatistics(values, images, channels);
  }

  float mean(int image, int channel) {
    return values[image * channels + channel];
  }

  float rest(int image, int channel) {
    return values[(images + image) * channels + channel];
  }

  float inverse(int image, int channel) {
    return values[(2 * images + image) * channels + channel];
  }
}
