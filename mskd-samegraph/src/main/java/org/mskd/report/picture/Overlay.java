package org.mskd.report.picture;

import java.awt.image.BufferedImage;
import org.mskd.experiment.Preprocessing;
import org.mskd.volume.ClassMap;

/** Draws a slice in a window, organs as transparent areas, and outlines of the reference. */
final class Overlay {
  private static final double OPACITY = 0.45;
  private static final int OUTLINE = 0xFFFFFF;

  private final SliceView view;
  private final double low;
  private final double high;

  /**
   * @param window lower and upper limit in HU, as of {@link Preprocessing}
   */
  Overlay(SliceView view, double low, double high) {
    this.view = view;
    this.low = low;
    this.high = high;
  }

  /**
   * Draws a slice.
   *
   * @param intensities HU, {@code [height][width]}
   * @param areas classes that are filled, {@code [height][width]}
   * @param outlines classes whose borders are drawn, {@code [height][width]}
   */
  BufferedImage draw(float[] intensities, byte[] areas, byte[] outlines) {
    BufferedImage image =
        new BufferedImage(view.width(), view.height(), BufferedImage.TYPE_INT_RGB);
    for (int row = 0, i = 0; row < view.height(); row++) {
      for (int column = 0; column < view.width(); column++, i++) {
        int rgb = gray(intensities[i]) * 0x010101;
        if (isOrgan(areas[i])) {
          rgb = mix(rgb, OrganPalette.rgb(areas[i]));
        }
        image.setRGB(column, row, isBorder(outlines, row, column) ? OUTLINE : rgb);
      }
    }
    return image;
  }

  private int gray(float hu) {
    return (int) Math.round(255 * Math.max(0, Math.min(1, (hu - low) / (high - low))));
  }

  private static boolean isOrgan(byte c) {
    return c != 0 && c != (byte) ClassMap.IGNORED;
  }

  private boolean isBorder(byte[] classes, int row, int column) {
    int i = row * view.width() + column;
    return isOrgan(classes[i])
        && (row == 0
            || column == 0
            || row == view.height() - 1
            || column == view.width() - 1
            || classes[i - 1] != classes[i]
            || classes[i + 1] != classes[i]
            || classes[i - view.width()] != classes[i]
            || classes[i + view.width()] != classes[i]);
  }

  private static int mix(int under, int over) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      double value = (1 - OPACITY) * (under >> shift & 0xFF) + OPACITY * (over >> shift & 0xFF);
      mixed |= (int) Math.round(value) << shift;
    }
    return mixed;
  }
}
