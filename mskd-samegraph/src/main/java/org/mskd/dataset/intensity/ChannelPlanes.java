package org.mskd.dataset.intensity;

import java.util.function.Consumer;

/**
 * A slice with neighbours, {@code [size][size][channels]}, as planes of one channel each, for
 * operations on a plane.
 */
public final class ChannelPlanes {
  private ChannelPlanes() {}

  /**
   * Changes each plane in turn.
   *
   * @param image {@code [size][size][channels]} flattened
   * @param change gets each plane, {@code [size][size]} flattened, and changes it in place
   */
  public static void forEach(float[] image, int size, Consumer<float[]> change) {
    int area = size * size;
    int channels = image.length / area;
    if (channels == 1) {
      change.accept(image);
      return;
    }
    float[] plane = new float[area];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < area; i++) {
        plane[i] = image[i * channels + channel];
      }
      change.accept(plane);
      for (int i = 0; i < area; i++) {
        image[i * channels + channel] = plane[i];
      }
    }
  }
}
