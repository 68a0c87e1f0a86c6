package org.mskd.report.picture;

import java.awt.image.BufferedImage;
import java.util.List;

/** Pictures of the same size side by side. */
final class Strip {
  private static final int GAP = 4;

  private Strip() {}

  /** The width of a strip, pixels; 0 without pictures. */
  static int width(int pictures, int width) {
    return Math.max(0, pictures * (width + GAP) - GAP);
  }

  /**
   * Joins pictures from left to right.
   *
   * @param pictures at least one
   */
  static BufferedImage of(List<BufferedImage> pictures) {
    int width = pictures.get(0).getWidth();
    int height = pictures.get(0).getHeight();
    BufferedImage strip =
        new BufferedImage(width(pictures.size(), width), height, BufferedImage.TYPE_INT_RGB);
    int[] pixels = new int[width * height];
    for (int i = 0; i < pictures.size(); i++) {
      pictures.get(i).getRGB(0, 0, width, height, pixels, 0, width);
      strip.setRGB(i * (width + GAP), 0, width, height, pixels, 0, width);
    }
    return strip;
  }
}
