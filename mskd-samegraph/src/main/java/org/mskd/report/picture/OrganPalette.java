package org.mskd.report.picture;

import java.awt.Color;

/**
 * Colours of organs. The first seven are those that Okabe and Ito (2008) chose to be distinct for
 * people with any kind of colour vision, the brightest first.
 */
public final class OrganPalette {
  private static final int[] COLOURS = {
    0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0xCC79A7, 0xD55E00, 0x0072B2
  };

  /** Turns the hue by the golden angle, so that further colours stay far apart. */
  private static final float TURN = 0.382f;

  private OrganPalette() {}

  /**
   * The colour of a class.
   *
   * @param organ class index, from 1
   * @return 0xRRGGBB
   */
  static int rgb(int organ) {
    return organ <= COLOURS.length
        ? COLOURS[organ - 1]
        : Color.HSBtoRGB(organ * TURN, 0.65f, 0.9f) & 0xFFFFFF;
  }

  /** The colour of a class as {@code #rrggbb}. */
  public static String hex(int organ) {
    return "#%06x".formatted(rgb(organ));
  }
}
