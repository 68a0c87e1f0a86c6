package org.mskd.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.mskd.fingerprint.OrganFingerprint;
import org.mskd.fingerprint.ScanFingerprint;
import org.mskd.report.content.DataSetFacts;

/**
 * A data set and one of the organs that it annotates, as a row of the table of data.
 *
 * @param cells set, organ, scans, slices, spacing, orientations, HU and volume of the organ
 */
record DataRow(List<String> cells) {
  static final List<String> HEADINGS =
      List.of(
          "set",
          "organ",
          "scans",
          "slices",
          "mm in plane",
          "mm between slices",
          "orientation",
          "mean HU of the organ",
          "ml of the organ");

  static List<DataRow> of(DataSetFacts set) {
    List<DataRow> rows = new ArrayList<>();
    for (String organ : set.organs().isEmpty() ? List.of(Numbers.UNDEFINED) : set.organs()) {
      List<String> cells =
          new ArrayList<>(List.of(set.name(), organ, Integer.toString(set.scans().size())));
      cells.add(range(set.scans(), scan -> scan.profile().slices(), 0));
      cells.add(range(set.scans(), scan -> scan.geometry().inPlaneMm(), 2));
      cells.add(range(set.scans(), scan -> scan.geometry().sliceMm(), 1));
      cells.add(
          String.join(
              ", ",
              set.scans().stream().map(ScanFingerprint::orientation).distinct().sorted().toList()));
      cells.addAll(organ(set.scans(), organ));
      rows.add(new DataRow(cells));
    }
    return rows;
  }

  private static List<String> organ(List<ScanFingerprint> scans, String organ) {
    List<OrganFingerprint> shown =
        scans.stream()
            .flatMap(scan -> scan.organs().stream())
            .filter(seen -> seen.organ().equals(organ) && seen.voxels() > 0)
            .toList();
    return shown.isEmpty()
        ? Collections.nCopies(2, Numbers.UNDEFINED)
        : Arrays.asList(
            range(shown, OrganFingerprint::meanHu, 0), range(shown, OrganFingerprint::volumeMl, 0));
  }

  /** {@code 93 to 142}, or one number where all are equal. */
  private static <T> String range(List<T> all, ToDoubleFunction<T> value, int decimals) {
    if (all.isEmpty()) {
      return Numbers.UNDEFINED;
    }
    String low = Numbers.fixed(all.stream().mapToDouble(value).min().orElseThrow(), decimals);
    String high = Numbers.fixed(all.stream().mapToDouble(value).max().orElseThrow(), decimals);
    return low.equals(high) ? low : low + " to " + high;
  }
}
