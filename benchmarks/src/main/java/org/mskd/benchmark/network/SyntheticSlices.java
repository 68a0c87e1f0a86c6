package org.mskd.benchmark.network;

import java.util.SplittableRandom;

/** Synthetic slices with a body, one brighter organ, and noise; a function of their number. */
public final class SyntheticSlices {
  /** Pixels of the organ, as a part of the slice: that of a disc of radius 0.08 of the side. */
  private static final double RADIUS = 0.08;

  private SyntheticSlices() {}

  /**
   * Draws a slice.
   *
   * @param image receives {@code [size][size]}, values in [-1, 1]
   * @param label receives 1 where the organ is, else 0
   */
  public static void draw(int number, int size, float[] image, byte[] label) {
    SplittableRandom random = new SplittableRandom(number);
    double organX = 0.35 + 0.3 * random.nextDouble();
    double organY = 0.35 + 0.3 * random.nextDouble();
    for (int i = 0; i < size * size; i++) {
      double x = (i % size + 0.5) / size;
      double y = (i / size + 0.5) / size;
      boolean body = Math.hypot((x - 0.5) / 0.45, (y - 0.5) / 0.35) < 1;
      boolean organ = Math.hypot(x - organX, y - organY) < RADIUS;
      double texture = 0.1 * Math.sin(17 * x + number) * Math.cos(13 * y);
      double noise = 0.2 * (random.nextDouble() - 0.5);
      double value = (body ? (organ ? 0.3 : 0) + texture : -0.8) + noise;
      image[i] = (float) value;
      label[i] = (byte) (organ ? 1 : 0);
    }
  }

  /** Images of slices {@code 0 .. count-1}, {@code [count][size][size]} flattened. */
  public static float[] images(int count, int size) {
    float[] images = new float[count * size * size];
    float[] image = new float[size * size];
    byte[] label = new byte[size * size];
    for (int n = 0; n < count; n++) {
      draw(n, size, image, label);
      System.arraycopy(image, 0, images, n * image.length, image.length);
    }
    return images;
  }

  /** Their labels, {@code [count][size][size]} flattened. */
  public static float[] labels(int count, int size) {
    float[] labels = new float[count * size * size];
    float[] image = new float[size * size];
    byte[] label = new byte[size * size];
    for (int n = 0; n < count; n++) {
      draw(n, size, image, label);
      for (int i = 0; i < label.length; i++) {
        labels[n * label.length + i] = label[i];
      }
    }
    return labels;
  }
}
