package org.mskd.teacher;

import java.util.function.DoubleUnaryOperator;

/**
 * A network whose margin at a pixel is a function of the pixel's first channel.
 *
 * @param channels of its input
 */
record ValueNetwork(int slices, int channels, DoubleUnaryOperator margin)
    implements TeacherNetwork {
  @Override
  public Run run(float[] images, int count) {
    float[] values = images.clone();
    int area = values.length / slices / channels;
    return new Run() {
      @Override
      public float[] margins(int slot) {
        float[] margins = new float[area];
        for (int i = 0; i < area; i++) {
          margins[i] = (float) margin.applyAsDouble(values[(slot * area + i) * channels]);
        }
        return margins;
      }

      @Override
      public void features(int slot, int level, int position, float[] features) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}
}
