package org.mskd.report.picture;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was drawn of a case.
 *
 * @param slices of the strips, from left to right
 * @param width of a slice in a strip, pixels
 * @param height of a strip, pixels
 * @param strips the file of each model's strip by model, relative to the folder of the case; the
 *     reference under {@link CasePainter#REFERENCE}
 * @param viewer the file with the viewer's slices, relative to that folder; empty where it would
 *     take too many bytes
 * @param viewerSlices how many slices the viewer has
 * @param scanSlices how many the scan has
 */
public record CasePictures(
    List<ChosenSlice> slices,
    int width,
    int height,
    Map<String, String> strips,
    Optional<String> viewer,
    int viewerSlices,
    int scanSlices) {
  public CasePictures {
    slices = List.copyOf(slices);
    strips = Map.copyOf(strips);
  }

  /** Whether strips or slices were left out, since they would take too many bytes. */
  public boolean isCut(int models) {
    return viewer.isEmpty() || strips.size() <= models;
  }
}
