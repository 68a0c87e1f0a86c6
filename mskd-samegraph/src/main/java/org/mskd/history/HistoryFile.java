package org.mskd.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.mskd.problem.BadInputException;

/** Reads {@code history.jsonl} line by line. */
final class HistoryFile {
  private HistoryFile() {}

  /**
   * Passes on all lines in their order.
   *
   * @throws BadInputException if the file cannot be read, or has another content
   */
  static void read(Path file, Consumer<HistoryLine> lines) {
    int number = 0;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        number++;
        lines.accept(HistoryLine.of(text));
      }
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be read (" + e + ").", "Check that it is there, and its permissions.", e);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          file + ", line " + number + ", is no line of a training's history.",
          "Delete the file's folder and run the training again: mskd:run.",
          e);
    }
  }
}
