package org.mskd.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mskd.benchmark.Scale.Square;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;

/**
 * A student's step with K = 4 teachers at two sizes; its growth from K = 1 to K = 8, the fraction
 * of the losses, the wait for data, and the growth of memory.
 */
final class MskdBenchmark implements Benchmark {
  private static final int MEASURED = 10;

  private final Scale scale;

  MskdBenchmark(Scale scale) {
    this.scale = scale;
  }

  @Override
  public String name() {
    return "mskd";
  }

  @Override
  public void run(Sides sides, Report report) throws IOException, InterruptedException {
    List<Square> squares = scale.mskd();
    for (Square square : squares) {
      boolean first = square.equals(squares.get(0));
      Results stored = ours(sides, report, square, Scale.ORGANS, false, first ? scale.flat() : 0);
      Results live = ours(sides, report, square, Scale.ORGANS, true, 0);
      Optional<PeerRun> peer = peer(sides, report, square);
      compare(report, square, stored, live, peer);
      if (first) {
        share(report, stored);
      }
      waiting(report, square, stored);
      flat(report, stored);
    }
    growth(sides, report, squares.get(0));
  }

  private void compare(
      Report report, Square square, Results stored, Results live, Optional<PeerRun> peer) {
    double step = stored.number(PeerRun.MEDIAN);
    double storing = StoredSlices.perStep(stored.number("storing.msASlice"));
    stored.put("storing.msAStep", storing);
    String label = label(square) + ", K=" + Scale.ORGANS;
    Works.compare(report, Goal.MSKD_K4, label + ", stored, with storing", step + storing, peer);
    Works.steps(report, label, stored, peer);
    show(report, "  the step alone", step, peer);
    show(report, "  with the teachers live", live.number(PeerRun.MEDIAN), peer);
    report.note(
        String.format(
            Locale.ROOT,
            "%s: storing takes %.1f ms and %.0f KiB a slice; a training of %d steps stores %d"
                + " slices, so %.1f ms a step; a teacher claims %.1f %% of a slice",
            label,
            stored.number("storing.msASlice"),
            stored.number("storing.bytesASlice") / 1024,
            StoredSlices.ITERATIONS,
            StoredSlices.drawn(),
            storing,
            100 * stored.number("claimedShare")));
  }

  private static void show(Report report, String label, double ours, Optional<PeerRun> peer) {
    report.show(
        label,
        Table.milliseconds(ours),
        peer.map(run -> Table.milliseconds(run.median())).orElse("absent"),
        peer.map(run -> ours / run.median()).orElse(Double.NaN));
  }

  private static void share(Report report, Results stored) {
    double share = stored.number("lossShare");
    report.judge(
        Goal.LOSS_SHARE,
        "  the losses' share of the step",
        String.format(Locale.ROOT, "%.1f %%", 100 * share),
        "",
        share);
  }

  private static void waiting(Report report, Square square, Results stored) {
    report.note(
        String.format(
            Locale.ROOT,
            "%s: the step waits for its batch %.2f ms, %.2f %% of the training",
            label(square),
            stored.number("waitedMsAStep"),
            100 * stored.number("waitedShare")));
  }

  private static void flat(Report report, Results stored) {
    if (stored.numbers().containsKey("resident.settledMiB")) {
      double settled = stored.number("resident.settledMiB");
      double largest = stored.number("resident.largestMiB");
      report.note(
          String.format(
              Locale.ROOT,
              "resident memory over %.0f steps: %.0f MiB after 50, at most %.0f MiB after that"
                  + " (%+.1f %%)",
              stored.number("resident.steps"),
              settled,
              largest,
              100 * (largest / settled - 1)));
    }
  }

  private void growth(Sides sides, Report report, Square square)
      throws IOException, InterruptedException {
    double one = ours(sides, report, square, 1, false, 0).number(PeerRun.MEDIAN);
    double many = ours(sides, report, square, Scale.MOST_ORGANS, false, 0).number(PeerRun.MEDIAN);
    report.judge(
        Goal.MSKD_GROWTH,
        label(square) + ", K=" + Scale.MOST_ORGANS + " over K=1 (no peer)",
        Table.milliseconds(many),
        Table.milliseconds(one),
        many / one);
  }

  private Results ours(
      Sides sides, Report report, Square square, int organs, boolean live, int flat)
      throws IOException, InterruptedException {
    String name = name(square, organs) + (live ? "-live" : "");
    Path folder = Files.createDirectories(sides.folder().resolve(name));
    Results results =
        sides
            .ours()
            .run(
                name,
                Works.with(work(square, organs), square.ours())
                    .with("live", live)
                    .with("flat", flat)
                    .with("measured", live ? 0 : MEASURED)
                    .with("slices", scale.slices())
                    .with("folder", folder));
    report.add(name + ".ours", results);
    return results;
  }

  private static Optional<PeerRun> peer(Sides sides, Report report, Square square)
      throws IOException, InterruptedException {
    String name = name(square, Scale.ORGANS);
    Optional<PeerRun> peer =
        sides.torch().run(name, Works.with(work(square, Scale.ORGANS), square.peer()));
    peer.ifPresent(run -> Works.add(report, name, run));
    return peer;
  }

  private static Arguments work(Square square, int organs) {
    return Works.with(Arguments.none().with("work", "mskd").with("organs", organs), square);
  }

  private static String name(Square square, int organs) {
    return "mskd" + square.size() + "-k" + organs;
  }

  private static String label(Square square) {
    return "MS-KD step %dx%d, base %d".formatted(square.size(), square.size(), square.base());
  }
}
