package org.mskd.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.evaluation.ModelScore;
import org.mskd.experiment.Method;
import org.mskd.experiment.ReportImages;
import org.mskd.report.content.ReportContent;
import org.mskd.report.page.ChartData;
import org.mskd.report.page.ChartView;
import org.mskd.report.page.ReportPages;
import org.mskd.report.page.Templates;
import org.mskd.report.picture.CasePainter;
import org.mskd.report.picture.CasePictures;
import org.mskd.report.picture.DrawnOrgans;
import org.mskd.report.picture.OrganPalette;
import org.mskd.report.picture.PictureBudget;

/** Writes a report: pages, charts, pictures, scripts. */
public final class ReportWriter {
  private static final List<String> SCRIPTS = List.of("tables.js", "charts.js", "viewer.js");

  private static final String WITHOUT = "Without pictures, since <reportImages> is none.";

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
    Map<String, CasePictures> pictures = pictures(content, pages, cases, budget, report);
    for (int i = 0; i < pages.cases().size(); i++) {
      Optional<CasePictures> drawn = Optional.ofNullable(pictures.get(pages.cases().get(i)));
      report.text("cases/" + (i + 1) + ".html", pages.casePage(i + 1, drawn, ofCase(drawn)));
    }
    copies.forEach((name, bytes) -> report.bytes("data/" + name, bytes));
    report.text("data/report.js", ChartData.script(content));
    report.bytes("lib/echarts.min.js", ChartLibrary.script());
    SCRIPTS.forEach(name -> report.bytes(name, Templates.file(name)));
    report.text("report.css", style(content.organs().size()));
    boolean cut = pictures.values().stream().anyMatch(CasePictures::cut);
    report.text(ReportFolder.FIRST_PAGE, pages.index(pictures, charts, ofAll(cut)));
    report.finish(digest);
    return budget.used();
  }

  /** In the order of the pages: the lowest scores first. */
  private Map<String, CasePictures> pictures(
      ReportContent content,
      ReportPages pages,
      TestCases cases,
      PictureBudget budget,
      ReportFolder report) {
    Map<String, CasePictures> pictures = new LinkedHashMap<>();
    if (images == ReportImages.NONE || content.models().isEmpty()) {
      return pictures;
    }
    CasePainter painter = painter(content, pages, budget);
    List<String> ids = pages.cases();
    for (int i = 0; i < ids.size(); i++) {
      String own = "cases/" + (i + 1) + "/";
      report.plan(painter.files().stream().map(own::concat).toList());
      budget.begin(ids.size() - i);
      Path target = report.resolve(own);
      CasePictures drawn = cases.with(ids.get(i), shown -> painter.draw(shown, target));
      drawn.strips().forEach(strip -> report.add(own + strip.file()));
      drawn.viewer().ifPresent(file -> report.add(own + file));
      pictures.put(ids.get(i), drawn);
    }
    return pictures;
  }

  private CasePainter painter(ReportContent content, ReportPages pages, PictureBudget budget) {
    List<String> scored = content.scoredOrgans();
    return new CasePainter(
        images,
        new DrawnOrgans(content.organs(), content.organs().stream().map(scored::contains).toList()),
        content.models().stream().map(ModelScore::name).toList(),
        content.models().indexOf(pages.shown().orElseThrow()),
        window,
        budget);
  }

  private String ofCase(Optional<CasePictures> drawn) {
    if (images == ReportImages.NONE) {
      return WITHOUT;
    }
    return drawn.isPresent() && drawn.get().cut()
        ? "Pictures or slices are missing here, since all pictures of the report would take more"
            + " than <reportSize>."
        : "";
  }

  private String ofAll(boolean cut) {
    if (images == ReportImages.NONE) {
      return WITHOUT;
    }
    return (images == ReportImages.STRIPS
            ? "Each case has a page with pictures of a few slices. -Dmskd.reportImages=all shows"
                + " all slices."
            : "Each case has a page with pictures of all slices.")
        + (cut ? " Some are missing, since all would take more than <reportSize>." : "");
  }

  private static String style(int organs) {
    StringBuilder style =
        new StringBuilder(new String(Templates.file("report.css"), StandardCharsets.UTF_8));
    for (int organ = 1; organ <= organs; organ++) {
      style.append(".organ-" + organ + " { background: " + OrganPalette.hex(organ) + "; }\n");
    }
    return style.toString();
  }
}
