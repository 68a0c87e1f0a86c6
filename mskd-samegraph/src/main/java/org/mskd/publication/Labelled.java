package org.mskd.publication;

import java.util.ArrayList;
import java.util.List;
import org.mskd.problem.Printable;

/**
 * Lines of a label and a value. Values come from files of others: what could change a terminal is
 * replaced, and long ones continue on lines of their own.
 */
final class Labelled {
  private static final int LABEL = 16;
  private static final int WIDTH = 100;

  private final List<String> lines = new ArrayList<>();

  /** Adds a value. */
  Labelled add(String label, String value) {
    String begin = padded(label);
    for (String line : value.split("\\R", -1)) {
      for (String part : parts(Printable.of(line))) {
        lines.add((begin + part).stripTrailing());
        begin = padded("");
      }
    }
    return this;
  }

  /** Adds lines as they are, such as those of a table, under a label. */
  Labelled addAll(String label, List<String> rows) {
    String begin = padded(label);
    for (String row : rows) {
      lines.add((begin + Printable.of(row)).stripTrailing());
      begin = padded("");
    }
    return this;
  }

  List<String> lines() {
    return lines;
  }

  private static String padded(String label) {
    return label + " ".repeat(Math.max(1, LABEL - label.length()));
  }

  /** Breaks a line at blanks, after a comma if there is one in its second half. */
  private static List<String> parts(String line) {
    int width = WIDTH - LABEL;
    List<String> parts = new ArrayList<>();
    String rest = line;
    while (rest.length() > width) {
      int comma = rest.lastIndexOf(", ", width - 1);
      int blank = comma > width / 2 ? comma + 1 : rest.lastIndexOf(' ', width);
      int end = blank > 0 ? blank : width;
      parts.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    parts.add(rest);
    return parts;
  }
}
