package org.mskd.history;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.mskd.file.AtomicFile;

/**
 * A history as a table in CSV (RFC 4180, but lines end in LF): {@code iteration}, {@code
 * learningRate}, {@code gradientNorm}, {@code loss}, then {@code loss.TERM} for each term by name.
 */
public final class HistoryCsv {
  /** The name of the file beside {@code history.jsonl}. */
  public static final String NAME = "history.csv";

  private static final CSVFormat FORMAT =
      CSVFormat.Builder.create(CSVFormat.RFC4180).setRecordSeparator("\n").get();

  private HistoryCsv() {}

  /**
   * Writes the table of a history atomically.
   *
   * @throws org.mskd.problem.BadInputException if the history cannot be read or the table cannot be
   *     written
   */
  public static void write(Path history, Path table) {
    AtomicFile.write(
        table,
        out -> {
          Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          CSVPrinter csv = new CSVPrinter(text, FORMAT);
          try {
            HistoryFile.read(history, line -> print(csv, line));
          } catch (UncheckedIOException e) {
            throw e.getCause(); // of the table: the disk may be full
          }
          csv.flush();
        });
  }

  private static void print(CSVPrinter csv, HistoryLine line) {
    try {
      if (csv.getRecordCount() == 0) {
        csv.printRecord(heading(line));
      }
      List<Object> cells =
          new ArrayList<>(
              List.of(line.iteration(), line.learningRate(), line.gradientNorm(), line.loss()));
      cells.addAll(line.terms().values());
      csv.printRecord(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> heading(HistoryLine line) {
    return Stream.concat(
            Stream.of("iteration", "learningRate", "gradientNorm", "loss"),
            line.terms().keySet().stream().map(term -> "loss." + term))
        .toList();
  }
}
