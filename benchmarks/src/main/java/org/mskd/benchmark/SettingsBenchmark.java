package org.mskd.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mskd.benchmark.Scale.Square;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;

/**
 * What a setting costs that is not the paper's: the step of a teacher and of a student with one
 * element changed, over the step with the paper's values. There is no peer.
 */
final class SettingsBenchmark implements Benchmark {
  private static final List<Setting> TEACHER =
      List.of(
          new Setting("augmentationKind", "full"),
          new Setting("neighbours", "1"),
          new Setting("blocks", "residual"),
          new Setting("deepSupervision", "true"),
          new Setting("optimizer", "sgd"),
          new Setting("weightAverage", "0.99"));

  /** Options of the method, with stored teacher outputs. */
  private static final List<Setting> STUDENT =
      List.of(
          new Setting("option.labelWeight", "1"),
          new Setting("option.annotatedTargets", "true"),
          new Setting("option.cutMix", "0.5"),
          new Setting("option.lossNormalization", "region"),
          new Setting("option.temperature", "2"));

  private final Square square;
  private final int slices;

  /** An argument of the work: an element and its value. */
  private record Setting(String name, String value) {
    String element() {
      return name.substring(name.indexOf('.') + 1);
    }
  }

  /**
   * @param slices of the stored pool
   */
  SettingsBenchmark(Square square, int slices) {
    this.square = square;
    this.slices = slices;
  }

  @Override
  public String name() {
    return "settings";
  }

  @Override
  public void run(Sides sides, Report report) throws IOException, InterruptedException {
    compare(sides, report, Arguments.none().with("work", "teacher"), TEACHER);
    Arguments student =
        Arguments.none().with("work", "mskd").with("organs", Scale.ORGANS).with("live", false);
    compare(sides, report, student, STUDENT);
  }

  /** The step with each setting; the one without any is measured first and last. */
  private void compare(Sides sides, Report report, Arguments work, List<Setting> settings)
      throws IOException, InterruptedException {
    String network = work.text("work").equals("mskd") ? "MS-KD student" : "teacher";
    String name = "settings-" + work.text("work");
    double first = step(sides, report, name + "-paper", work);
    for (Setting setting : settings) {
      double changed =
          step(
              sides,
              report,
              name + "-" + setting.element(),
              work.with(setting.name(), setting.value()));
      row(
          report,
          "%s, <%s> %s".formatted(network, setting.element(), setting.value()),
          changed,
          first);
    }
    row(
        report,
        network + ", the paper's settings again",
        step(sides, report, name + "-again", work),
        first);
  }

  private static void row(Report report, String label, double changed, double paper) {
    report.show(
        label + " (no peer)",
        Table.milliseconds(changed),
        Table.milliseconds(paper),
        changed / paper);
  }

  /** The median of the steps, ms. */
  private double step(Sides sides, Report report, String name, Arguments work)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(sides.folder().resolve(name));
    Results results =
        sides
            .ours()
            .run(
                name,
                Works.with(Works.with(work, square), square.ours())
                    .with("slices", slices)
                    .with("measured", 0)
                    .with("flat", 0)
                    .with("folder", folder));
    report.add(name + ".ours", results);
    return results.number(PeerRun.MEDIAN);
  }
}
