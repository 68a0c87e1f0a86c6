package org.mskd.report.chart;

import java.util.Locale;

/** A drawing in SVG 1.1: lines, boxes, dots and text, without style rules and scripts. */
final class Svg {
  private final StringBuilder text = new StringBuilder();
  private final ChartTheme theme;

  /**
   * @param title what the drawing shows, for screen readers
   */
  Svg(double width, double height, String title, ChartTheme theme) {
    this.theme = theme;
    text.append(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\""
                + " height=\"%s\" font-family=\"system-ui, sans-serif\" font-size=\"12\"><title>%s"
                + "</title>\n")
            .formatted(
                number(width), number(height), number(width), number(height), escaped(title)));
  }

  /** Where text is aligned to its position. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void line(double x1, double y1, double x2, double y2, String colour, double width) {
    text.append(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>\n"
            .formatted(number(x1), number(y1), number(x2), number(y2), colour, number(width)));
  }

  void grid(double x1, double y1, double x2, double y2) {
    line(x1, y1, x2, y2, theme.faint(), 1);
  }

  void box(double x, double y, double width, double height) {
    text.append(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\" stroke=\"%s\"/>\n"
            .formatted(
                number(x), number(y), number(width), number(height), theme.box(), theme.ink()));
  }

  void dot(double x, double y, double radius) {
    text.append(
        "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" fill-opacity=\"0.8\"/>\n"
            .formatted(number(x), number(y), number(radius), theme.ink()));
  }

  void label(double x, double y, Anchor anchor, String label) {
    label(x, y, anchor, label, theme.ink());
  }

  void label(double x, double y, Anchor anchor, String label, String colour) {
    text.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n"
            .formatted(
                number(x),
                number(y),
                anchor.name().toLowerCase(Locale.ROOT),
                colour,
                escaped(label)));
  }

  /**
   * A line through points.
   *
   * @param points {@code x,y x,y ...}
   */
  void curve(String points, String colour) {
    text.append(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>\n"
            .formatted(points, colour));
  }

  /** The whole file. */
  String end() {
    return text + "</svg>\n";
  }

  /** A coordinate with two decimals. */
  static String number(double value) {
    String fixed = String.format(Locale.ROOT, "%.2f", value);
    return fixed.replaceFirst("\\.?0+$", "");
  }

  private static String escaped(String raw) {
    return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
