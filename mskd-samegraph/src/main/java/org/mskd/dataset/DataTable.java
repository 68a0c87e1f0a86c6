package org.mskd.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.mskd.fingerprint.OrganFingerprint;
import org.mskd.fingerprint.ScanFingerprint;

/** A table of data sets with one line for each set and organ, at most 100 characters wide. */
public final class DataTable {
  private static final List<String> TITLES =
      List.of("set", "organ", "n", "voxels", "mm", "axes", "HU", "ml", "slices", "side");

  /** Widest cells; with one space between, 100. */
  private static final int[] WIDEST = {12, 10, 4, 17, 14, 7, 8, 8, 6, 5};

  /** Part of the body's width from its middle that is called a side. */
  private static final double SIDE = 0.05;

  private final List<List<String>> rows = new ArrayList<>(List.of(TITLES));

  /**
   * Adds a set.
   *
   * @param organs that it annotates; none for images without labels
   */
  public void add(ExaminedSet set, List<String> organs) {
    List<ScanFingerprint> scans = set.fingerprints().scans();
    for (String organ : organs.isEmpty() ? List.of("-") : organs) {
      List<String> row = new ArrayList<>(List.of(set.name(), organ, "" + set.scans().size()));
      if (scans.isEmpty()) {
        row.addAll(Collections.nCopies(TITLES.size() - row.size(), "-"));
      } else {
        row.addAll(shapes(scans));
        row.addAll(organ(scans, organ));
      }
      rows.add(row);
    }
  }

  private static List<String> shapes(List<ScanFingerprint> scans) {
    TreeSet<String> codes = new TreeSet<>();
    scans.forEach(scan -> codes.add(scan.orientation()));
    String in = range(scans, scan -> scan.geometry().fieldMm() / scan.geometry().inPlaneMm(), 0);
    String through = range(scans, scan -> scan.profile().slices(), 0);
    String inMm = range(scans, scan -> scan.geometry().inPlaneMm(), 2);
    String throughMm = range(scans, scan -> scan.geometry().sliceMm(), 1);
    return List.of(
        in + " x " + through,
        inMm + " x " + throughMm,
        codes.first() + (codes.size() == 1 ? "" : " +" + (codes.size() - 1)));
  }

  private static List<String> organ(List<ScanFingerprint> scans, String organ) {
    List<OrganFingerprint> shown =
        scans.stream()
            .flatMap(scan -> scan.organs().stream())
            .filter(each -> each.organ().equals(organ) && each.voxels() > 0)
            .toList();
    if (shown.isEmpty()) {
      return List.of("-", "-", "-", "-");
    }
    double right = shown.stream().mapToDouble(OrganFingerprint::right).average().orElseThrow();
    return List.of(
        range(shown, OrganFingerprint::meanHu, 0),
        range(shown, OrganFingerprint::volumeMl, 0),
        range(shown, OrganFingerprint::slices, 0),
        right > SIDE ? "right" : right < -SIDE ? "left" : "mid");
  }

  private static <T> String range(List<T> all, ToDoubleFunction<T> value, int digits) {
    String format = "%." + digits + "f";
    String low =
        String.format(Locale.ROOT, format, all.stream().mapToDouble(value).min().orElseThrow());
    String high =
        String.format(Locale.ROOT, format, all.stream().mapToDouble(value).max().orElseThrow());
    return low.equals(high) ? low : low + "-" + high;
  }

  /** The lines, a head first. */
  public List<String> lines() {
    int[] widths = new int[TITLES.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Math.min(WIDEST[i], row.get(i).length()));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      String cut = cell.length() > widths[i] ? cell.substring(0, widths[i] - 1) + "~" : cell;
      cells.add(cut + " ".repeat(widths[i] - cut.length()));
    }
    return String.join(" ", cells).stripTrailing();
  }
}
