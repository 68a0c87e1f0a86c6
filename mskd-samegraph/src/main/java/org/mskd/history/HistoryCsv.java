package org.mskd.history;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.mskd.file.AtomicFile;

/**
 * A history as a table in CSV (RFC 4180, but lines end in LF): {@code iteration}, {@code
 * learningRate}, {@code gradientNorm}, {@code loss}, then {@code loss.TERM} for each term by name,
 * and {@code dice.ORGAN} for each organ that was scored on held-out subjects, empty in the rows of
 * other iterations.
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
          SortedSet<String> scored = scored(history);
          try {
            HistoryFile.read(history, line -> print(csv, line, scored));
          } catch (UncheckedIOException e) {
            throw e.getCause(); // of the table: the disk may be full
          }
          csv.flush();
        });
  }

  /** The organs that any line scores. */
  private static SortedSet<String> scored(Path history) {
    SortedSet<String> organs = new TreeSet<>();
    HistoryFile.read(history, line -> organs.addAll(line.validation().keySet()));
    return organs;
  }

  private static void print(CSVPrinter csv, HistoryLine line, SortedSet<String> scored) {
    try {
      if (csv.getRecordCount() == 0) {
        csv.printRecord(heading(line, scored));
      }
      List<Object> cells =
          new ArrayList<>(
              List.of(line.iteration(), line.learningRate(), line.gradientNorm(), line.loss()));
      cells.addAll(line.terms().values());
      scored.forEach(organ -> cells.add(line.validation().get(organ)));
      csv.printRecord(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> heading(HistoryLine line, SortedSet<String> scored) {
    return Stream.of(
            Stream.of("iteration", "learningRate", "gradientNorm", "loss"),
            line.terms().keySet().stream().map(term -> "loss." + term),
            scored.stream().map(organ -> "dice." + organ))
        .flatMap(names -> names)
        .toList();
  }
}
