package org.mskd.maven.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.mskd.discovery.FoundData;
import org.mskd.discovery.FoundLabels;
import org.mskd.discovery.FoundOrgan;
import org.mskd.discovery.FoundTest;
import org.mskd.discovery.OrganValues;
import org.mskd.discovery.Remark;

/** What was found, set by set, in lines for a log. */
public final class FoundReport {
  private final Path data;
  private final List<Line> lines = new ArrayList<>();

  /**
   * A line of the log.
   *
   * @param text the line
   * @param warning whether a person should check it, or data are not used
   */
  public record Line(String text, boolean warning) {}

  private FoundReport(Path data) {
    this.data = data.toAbsolutePath().normalize();
  }

  /** The lines on each data set, on single images, and on what is left out. */
  public static List<Line> of(Path data, FoundData found) {
    FoundReport report = new FoundReport(data);
    found.organs().forEach(report::add);
    found.several().forEach(report::add);
    found
        .unlabelled()
        .forEach(
            set ->
                report.info(
                    "Images without labels: %s, %s."
                        .formatted(report.shown(set.directory()), scans(set.scans()))));
    found.testSet().ifPresentOrElse(report::add, report::noTestSet);
    report.remarks("images", found.remarks());
    found
        .leftOut()
        .forEach(
            one -> report.warn("Not used: " + report.shown(one.folder()) + ". " + one.reason()));
    return report.lines;
  }

  /**
   * The last line: what was written, and what to do next.
   *
   * @param lines the lines before it
   * @param folder the folder in which the next command is run
   */
  public static String written(Path pom, List<Line> lines, Path folder) {
    String mvn = NextCommand.mvn(pom, folder);
    boolean check = lines.stream().anyMatch(Line::warning);
    return "Wrote "
        + pom
        + ". "
        + (check
            ? "Check what the warnings name; for the data in the file it is marked CHECK. "
            : "")
        + "Next: "
        + mvn
        + " mskd:check-data, then "
        + mvn
        + " mskd:run";
  }

  private void add(FoundOrgan set) {
    info(
        "Organ %s: %s, %s, label values %s."
            .formatted(
                set.organ(), shown(set.directory()), scans(set.scans()), joined(set.values())));
    remarks(set.organ(), set.remarks());
  }

  private void add(FoundLabels set) {
    info(
        "Several organs: %s, %s, label values %s."
            .formatted(shown(set.labelFolder()), scans(set.scans()), organs(set.organs())));
    remarks(set.name(), set.remarks());
  }

  private void add(FoundTest set) {
    info(
        "Test set: %s, %s, label values %s%s."
            .formatted(
                shown(set.directory()),
                scans(set.scans()),
                organs(set.organs()),
                (set.background().isEmpty() ? "" : ", background " + joined(set.background()))
                    + (set.ignored().isEmpty() ? "" : ", ignored " + joined(set.ignored()))));
    remarks("test set", set.remarks());
  }

  private void noTestSet() {
    info("No test set: no folder has imagesTs and labelsTs with labels of these organs.");
  }

  private void remarks(String owner, List<Remark> remarks) {
    remarks.forEach(
        remark -> lines.add(new Line("  " + owner + ": " + remark.text(), remark.toCheck())));
  }

  private void info(String text) {
    lines.add(new Line(text, false));
  }

  private void warn(String text) {
    lines.add(new Line(text, true));
  }

  private String shown(Path folder) {
    return folder.equals(data) || !folder.startsWith(data)
        ? folder.toString()
        : data.relativize(folder).toString();
  }

  private static String scans(int count) {
    return count + (count == 1 ? " scan" : " scans");
  }

  private static String organs(List<OrganValues> organs) {
    return organs.stream()
        .map(organ -> joined(organ.values()) + " " + organ.organ())
        .collect(Collectors.joining(", "));
  }

  private static String joined(List<Integer> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
