package org.mskd.maven.setup;

import java.util.ArrayList;
import java.util.List;

/** Indented XML as text, with comments, which the writers of the JDK do not lay out. */
final class XmlText {
  private static final int INDENT = 2;
  private static final int WIDTH = 118;

  private final StringBuilder text = new StringBuilder();
  private int depth;

  /** A line as it is, such as the XML declaration. */
  XmlText line(String line) {
    text.append(line.isEmpty() ? "" : " ".repeat(depth * INDENT)).append(line).append('\n');
    return this;
  }

  /** Runs {@code content} between a start tag and an end tag. */
  XmlText element(String name, Runnable content) {
    return element(name, "", content);
  }

  /** As {@link #element(String, Runnable)}, with attributes, which begin with a blank. */
  XmlText element(String name, String attributes, Runnable content) {
    line("<" + name + attributes + ">");
    depth++;
    content.run();
    depth--;
    return line("</" + name + ">");
  }

  /** An element with text, in one line. */
  XmlText value(String name, String value) {
    return line(tagged(name, value));
  }

  /** An element that holds elements with text, in one line: names and values in turn. */
  XmlText values(String name, String... namesAndValues) {
    StringBuilder line = new StringBuilder("<" + name + ">");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      line.append(tagged(namesAndValues[i], namesAndValues[i + 1]));
    }
    return line(line + "</" + name + ">");
  }

  /** A comment, in as many lines as it needs. */
  XmlText comment(String comment) {
    String safe = safe(comment);
    int width = WIDTH - depth * INDENT;
    if (safe.length() + "<!--  -->".length() <= width) {
      return line("<!-- " + safe + " -->");
    }
    line("<!--");
    depth++;
    wrapped(safe, width - INDENT).forEach(this::line);
    depth--;
    return line("-->");
  }

  /** A comment of given lines. */
  XmlText comment(List<String> lines) {
    line("<!--");
    depth++;
    lines.forEach(one -> line(safe(one)));
    depth--;
    return line("-->");
  }

  /** A comment may not hold two hyphens in a row, nor characters that XML does not allow. */
  private static String safe(String comment) {
    return comment.replaceAll("-(?=-)", "- ").replaceAll("[\\p{Cc}\\p{Cs}\\uFFFE\\uFFFF]", "?");
  }

  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String tagged(String name, String value) {
    return "<" + name + ">" + escaped(value) + "</" + name + ">";
  }

  private static String escaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
