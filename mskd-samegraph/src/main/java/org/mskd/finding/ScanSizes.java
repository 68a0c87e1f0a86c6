package org.mskd.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.mskd.fingerprint.ScanGeometry;

/**
 * Compares spacing and field of view with those of the training scans. The axis order is not
 * compared, since scans of any order are reordered alike.
 */
public final class ScanSizes {
  /** A network copes with some difference of scale; augmentation goes up to a factor of 1.4. */
  private static final double FACTOR = 2;

  private final List<ScanGeometry> known;

  /**
   * @param known of the training scans; without any, nothing is found
   */
  public ScanSizes(List<ScanGeometry> known) {
    this.known = List.copyOf(known);
  }

  /** What differs much from all training scans, one text for each size; empty if nothing does. */
  public List<String> differences(ScanGeometry scan) {
    List<String> texts = new ArrayList<>();
    compare("%s mm between voxels in a slice", ScanGeometry::inPlaneMm, scan, texts);
    compare("%s mm between slices", ScanGeometry::sliceMm, scan, texts);
    compare("a field of view of %s mm", ScanGeometry::fieldMm, scan, texts);
    return texts;
  }

  private void compare(
      String format, ToDoubleFunction<ScanGeometry> size, ScanGeometry scan, List<String> texts) {
    double low = known.stream().mapToDouble(size).min().orElse(Double.NaN);
    double high = known.stream().mapToDouble(size).max().orElse(Double.NaN);
    double own = size.applyAsDouble(scan);
    if (own < low / FACTOR || own > high * FACTOR) { // false where nothing is known
      texts.add(
          String.format(
              Locale.ROOT,
              format + " (training: %s)",
              number(own),
              number(low).equals(number(high))
                  ? number(low)
                  : number(low) + " to " + number(high)));
    }
  }

  private static String number(double mm) {
    return String.format(Locale.ROOT, mm < 10 ? "%.2f" : mm < 100 ? "%.1f" : "%.0f", mm);
  }

  /** One finding for all scans of a set that differ. */
  public List<Finding> of(FingerprintedSet set) {
    List<String> files = new ArrayList<>();
    String first = "";
    for (var scan : set.scans()) {
      List<String> texts = differences(scan.geometry());
      if (!texts.isEmpty()) {
        first = files.isEmpty() ? String.join(", ", texts) : first;
        files.add(scan.image());
      }
    }
    return files.isEmpty()
        ? List.of()
        : List.of(
            Finding.warning(
                Finding.Kind.GEOMETRY,
                files,
                "%s of %s has %s. %sCheck the spacing in the header; if it is right, expect worse"
                        .formatted(files.get(0), set.title(), first, FileNames.alike(files))
                    + " predictions, or train on scans like it."));
  }
}
