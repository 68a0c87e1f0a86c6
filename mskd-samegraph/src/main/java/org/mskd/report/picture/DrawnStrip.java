package org.mskd.report.picture;

/**
 * A strip of slices.
 *
 * @param model position of the model, or {@link #REFERENCE}
 * @param file relative to the folder of the case
 */
public record DrawnStrip(int model, String file) {
  /** In place of a model. */
  public static final int REFERENCE = -1;
}
