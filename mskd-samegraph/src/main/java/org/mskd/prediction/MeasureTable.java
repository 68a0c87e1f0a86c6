package org.mskd.prediction;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Volumes and mean HU as CSV, one row per scan and organ: {@code case}, {@code organ}, {@code
 * voxels}, {@code volumeMl} and {@code meanHu}, which is empty where nothing is predicted.
 */
public final class MeasureTable {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setRecordSeparator("\n")
          .setHeader("case", "organ", "voxels", "volumeMl", "meanHu")
          .get();

  private MeasureTable() {}

  /**
   * The text of the table.
   *
   * @param measures by scan, in the order of the rows
   */
  public static String csv(Map<String, List<OrganMeasure>> measures) {
    StringWriter text = new StringWriter();
    try (CSVPrinter table = new CSVPrinter(text, FORMAT)) {
      for (Map.Entry<String, List<OrganMeasure>> scan : measures.entrySet()) {
        for (OrganMeasure organ : scan.getValue()) {
          table.printRecord(
              scan.getKey(),
              organ.organ(),
              organ.voxels(),
              rounded(organ.volumeMl(), 3),
              organ.meanHu().map(mean -> rounded(mean, 2)).orElse(""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String rounded(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
