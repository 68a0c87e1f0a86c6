package org.mskd.dataset;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.mskd.volume.Grid;
import org.mskd.volume.ImageHeader;
import org.mskd.volume.Orientation;

/**
 * Explains why an image and its label lie on different grids where the header of one of them has
 * two forms that place it differently.
 *
 * @param file the one with two forms
 * @param header its header
 * @param partner the other file
 * @param partnerHeader its header
 * @param tolerance how far in mm corners of the same place may be apart
 */
record FormsAdvice(
    Path file, ImageHeader header, Path partner, ImageHeader partnerHeader, double tolerance) {

  /** Whether the forms of {@link #file} are that far apart. */
  boolean applies() {
    return header.formsDistance().orElse(0) > tolerance;
  }

  /** How far apart the forms are, and which of them the partner fits; a sentence. */
  String problem() {
    return String.format(
        Locale.ROOT,
        "The qform and the sform of %s are up to %.2f mm apart. Its sform is used, %s.",
        file,
        header.formsDistance().orElseThrow(),
        fitsQform() ? "but " + partner + " fits its qform" : "and " + partner + " fits neither");
  }

  /** How to correct the header; a part of a sentence, which begins it. */
  Optional<String> remedy() {
    return fitsQform()
        ? Optional.of("If the qform is right, set sform_code of " + file + " to 0")
        : Optional.empty();
  }

  private boolean fitsQform() {
    Grid qform = Orientation.canonical(header.qformGrid().orElseThrow());
    return qform.matches(Orientation.canonical(partnerHeader.grid()), tolerance)
        || partnerHeader
            .qformGrid()
            .filter(grid -> qform.matches(Orientation.canonical(grid), tolerance))
            .isPresent();
  }
}
