package org.mskd.report.picture;

import java.util.List;
import java.util.Optional;

/**
 * What was drawn of a case.
 *
 * @param slices of the strips, from left to right
 * @param width of a strip, pixels
 * @param height of a strip, pixels
 * @param strips of the reference and the models
 * @param viewer the file with the viewer's slices, relative to the folder of the case; empty where
 *     it would take too many bytes
 * @param viewerSlices how many slices the viewer has
 * @param scanSlices how many the scan has
 * @param cut whether strips or slices were left out, since they would take too many bytes
 */
public record CasePictures(
    List<ChosenSlice> slices,
    int width,
    int height,
    List<DrawnStrip> strips,
    Optional<String> viewer,
    int viewerSlices,
    int scanSlices,
    boolean cut) {
  public CasePictures {
    slices = List.copyOf(slices);
    strips = List.copyOf(strips);
  }

  /** The file of a model's strip. */
  public Optional<String> strip(int model) {
    return strips.stream()
        .filter(strip -> strip.model() == model)
        .map(DrawnStrip::file)
        .findFirst();
  }
}
