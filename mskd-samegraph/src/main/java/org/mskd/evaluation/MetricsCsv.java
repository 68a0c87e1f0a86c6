package org.mskd.evaluation;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.mskd.file.AtomicFile;

/**
 * The scores as tables in CSV (RFC 4180, but lines end in LF): UTF-8, a row of headings, six
 * decimals, an empty field for what is undefined. Rows and columns have a fixed order, so equal
 * scores give equal bytes.
 */
public final class MetricsCsv {
  /** In place of an organ: all organs together. */
  private static final String MEAN = "mean";

  private static final List<String> CASE_COLUMNS =
      List.of(
          "model",
          "case",
          "organ",
          "dice",
          "surfaceDice",
          "hd95Mm",
          "assdMm",
          "volumeDifferenceMl",
          "referenceMl",
          "predictedMl",
          "missed",
          "falsePositive",
          "diagonalMm");

  private MetricsCsv() {}

  /**
   * Writes one row per model, case and organ, in the order of the metrics, atomically.
   *
   * @throws org.mskd.problem.BadInputException if the disk is full or the folder cannot be written
   */
  public static void writeCases(Path file, Metrics metrics) {
    List<List<Object>> rows = new ArrayList<>();
    for (ModelScore model : metrics.models()) {
      model.cases().forEach(score -> rows.add(caseRow(model.name(), score)));
    }
    write(file, CASE_COLUMNS, rows);
  }

  private static List<Object> caseRow(String model, CaseScore score) {
    return Arrays.asList(
        model,
        score.id(),
        score.organ(),
        Decimals.orNull(score.dice()),
        Decimals.orNull(score.surfaceDice()),
        Decimals.orNull(score.hd95Mm()),
        Decimals.orNull(score.assdMm()),
        Decimals.orNull(score.volumeDifferenceMl()),
        Decimals.of(score.referenceMl()),
        Decimals.of(score.predictedMl()),
        score.missed(),
        score.falsePositive(),
        Decimals.of(score.diagonalMm()));
  }

  /**
   * Writes one row per model and organ, organs by name, and after them a row {@code mean} of all
   * organs together, atomically.
   *
   * @throws org.mskd.problem.BadInputException if the disk is full or the folder cannot be written
   */
  public static void writeSummary(Path file, Metrics metrics) {
    List<List<Object>> rows = new ArrayList<>();
    for (ModelScore model : metrics.models()) {
      for (Map.Entry<String, OrganScore> organ : model.organs().entrySet()) {
        rows.add(summaryRow(model.name(), organ.getKey(), organ.getValue()));
      }
      rows.add(summaryRow(model.name(), MEAN, model.mean()));
    }
    write(file, summaryColumns(), rows);
  }

  private static List<String> summaryColumns() {
    Stream<String> metrics =
        Arrays.stream(Metric.values())
            .map(Metric::key)
            .flatMap(key -> Stream.of(key, key + "Sd", key + "N", key + "Low", key + "High"));
    return Stream.concat(
            Stream.of("model", "organ", "cases", "missed", "falsePositiveCases", "falsePositiveMl"),
            metrics)
        .toList();
  }

  private static List<Object> summaryRow(String model, String organ, OrganScore score) {
    List<Object> row = new ArrayList<>();
    row.add(model);
    row.add(organ);
    row.add(score.cases());
    row.add(score.missed());
    row.add(score.falsePositiveCases());
    row.add(Decimals.of(score.falsePositiveMl()));
    for (Metric metric : Metric.values()) {
      Summary summary = score.of(metric);
      row.add(Decimals.orNull(summary.mean()));
      row.add(Decimals.orNull(summary.sd()));
      row.add(summary.n());
      row.add(summary.interval().map(interval -> Decimals.of(interval.low())).orElse(null));
      row.add(summary.interval().map(interval -> Decimals.of(interval.high())).orElse(null));
    }
    return row;
  }

  private static void write(Path file, List<String> columns, List<List<Object>> rows) {
    CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
    StringWriter text = new StringWriter();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      printer.printRecord(columns);
      printer.printRecords(rows);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    AtomicFile.writeText(file, text.toString());
  }
}
