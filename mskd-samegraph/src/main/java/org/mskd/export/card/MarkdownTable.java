package org.mskd.export.card;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown, row by row. */
final class MarkdownTable {
  private final List<String> lines = new ArrayList<>();

  MarkdownTable(String... heading) {
    row(heading);
    lines.add("|---".repeat(heading.length) + "|");
  }

  MarkdownTable row(String... cells) {
    lines.add(
        List.of(cells).stream()
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |")));
    return this;
  }

  /** The lines, and an empty one. */
  String text() {
    return String.join("\n", lines) + "\n\n";
  }
}
