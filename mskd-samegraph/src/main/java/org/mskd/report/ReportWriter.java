package org.mskd.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.experiment.Method;
import org.mskd.experiment.ReportImages;
import org.mskd.report.content.ReportContent;
import org.mskd.report.page.ChartData;
import org.mskd.report.page.ChartView;
import org.mskd.report.page.ReportPages;
import org.mskd.report.page.Templates;
import org.mskd.report.picture.CasePainter;
import org.mskd.report.picture.CasePictures;
import org.mskd.report.picture.OrganPalette;
import org.mskd.report.picture.PictureBudget;

/** Writes a report: pages, charts, pictures, scripts. */
public final class ReportWriter {
  private static final List<String> SCRIPTS = List.of("tables.js", "charts.js", "viewer.js");

  private final Path folder;
  private final ReportImages images;
  private final long maximumBytes;
  private final List<Double> window;

  /**
   * @param folder of the report
   * @param images which pictures it has
   * @param maximumBytes of all pictures together
   * @param window lower and upper limit of the pictures, HU
   */
  public ReportWriter(Path folder, ReportImages images, long maximumBytes, List<Double> window) {
    this.folder = folder;
    this.images = images;
    this.maximumBytes = maximumBytes;
    this.window = window;
  }

  /** Whether the folder holds a finished report of the same content. */
  public static boolean holds(Path folder, String digest) {
    return ReportFolder.shown(folder).filter(digest::equals).isPresent();
  }

  /**
   * Writes the report.
   *
   * @param cases opens the cases for pictures
   * @param copies files that are copied to {@code data/}, by name
   * @param digest of what the report shows
   * @return bytes of all pictures
   * @throws org.mskd.problem.BadInputException if a file cannot be read or written
   */
  public long write(
      ReportContent content, TestCases cases, Map<String, byte[]> copies, String digest) {
    ReportFolder report = new ReportFolder(folder);
    ReportPages pages = new ReportPages(content, Method.TEACHERS);
    List<ChartView> charts = new ReportCharts(report::text).draw(content);
    PictureBudget budget = new PictureBudget(maximumBytes);
    Map<String, CasePictures> pictures = pictures(content, pages.cases(), cases, budget, report);
    boolean cut =
        pictures.values().stream().anyMatch(drawn -> drawn.isCut(content.models().size()));
    for (int i = 0; i < pages.cases().size(); i++) {
      String id = pages.cases().get(i);
      Optional<CasePictures> drawn = Optional.ofNullable(pictures.get(id));
      report.text(
          "cases/%d.html".formatted(i + 1), pages.casePage(i + 1, drawn, note(drawn, content)));
    }
    copies.forEach((name, bytes) -> report.bytes("data/" + name, bytes));
    report.text("data/report.js", ChartData.script(content));
    report.bytes("lib/echarts.min.js", ChartLibrary.script());
    SCRIPTS.forEach(name -> report.bytes(name, Templates.file(name)));
    report.text("report.css", style(content.organs().size()));
    report.text("index.html", pages.index(pictures, charts, note(cut)));
    report.finish(digest);
    return budget.used();
  }

  /** In the order of the pages, so that those with the lowest scores have pictures in any case. */
  private Map<String, CasePictures> pictures(
      ReportContent content,
      List<String> ids,
      TestCases cases,
      PictureBudget budget,
      ReportFolder report) {
    Map<String, CasePictures> pictures = new LinkedHashMap<>();
    if (images == ReportImages.NONE) {
      return pictures;
    }
    CasePainter painter = new CasePainter(images, content.organs(), window, budget);
    for (int i = 0; i < ids.size(); i++) {
      String own = "cases/%d".formatted(i + 1);
      Path target = report.resolve(own);
      CasePictures drawn = cases.with(ids.get(i), shown -> painter.draw(shown, target));
      drawn.strips().values().forEach(file -> report.add(own + "/" + file));
      drawn.viewer().ifPresent(file -> report.add(own + "/" + file));
      pictures.put(ids.get(i), drawn);
    }
    return pictures;
  }

  private String note(Optional<CasePictures> drawn, ReportContent content) {
    if (images == ReportImages.NONE) {
      return "Without pictures, since <reportImages> is none.";
    }
    return drawn.isPresent() && drawn.get().isCut(content.models().size())
        ? "Pictures are missing here, since all pictures together would take more than"
            + " <reportSize>."
        : "";
  }

  private String note(boolean cut) {
    return switch (images) {
      case NONE -> "Without pictures, since <reportImages> is none.";
      case STRIPS ->
          "Each case has a page with pictures of a few slices. -Dmskd.reportImages=all shows all"
              + " slices."
              + cutNote(cut);
      case ALL -> "Each case has a page with pictures of all slices." + cutNote(cut);
    };
  }

  private static String cutNote(boolean cut) {
    return cut
        ? " Some pictures are missing, since all together would take more than <reportSize>; cases"
            + " with low scores come first."
        : "";
  }

  private static String style(int organs) {
    StringBuilder style =
        new StringBuilder(new String(Templates.file("report.css"), StandardCharsets.UTF_8));
    for (int organ = 1; organ <= organs; organ++) {
      style.append(".organ-%d { background: %s; }%n".formatted(organ, OrganPalette.hex(organ)));
    }
    return style.toString();
  }
}
