package org.mskd.benchmark;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mskd.benchmark.Scale.Square;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;
import org.mskd.benchmark.network.MultiplyAdds;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;

/** One supervised training step, in time and in resident memory. */
final class SupervisedBenchmark implements Benchmark {
  private static final int DEPTH = 4;
  private static final int OUTPUTS = 2;

  private final String name;
  private final Goal goal;
  private final Square square;
  private final int measured;

  /**
   * @param measured steps of ours that are measured operation by operation; 0 for none
   */
  SupervisedBenchmark(String name, Goal goal, Square square, int measured) {
    this.name = name;
    this.goal = goal;
    this.square = square;
    this.measured = measured;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void run(Sides sides, Report report) throws IOException, InterruptedException {
    Arguments work =
        Works.with(Arguments.none().with("work", "supervised").with("measured", measured), square);
    Results ours = sides.ours().run(name, Works.with(work, square.ours()));
    report.add(name + ".ours", ours);
    Optional<PeerRun> peer = sides.torch().run(name, Works.with(work, square.peer()));
    peer.ifPresent(run -> Works.add(report, name, run));
    String label =
        "supervised step %dx%d, base %d".formatted(square.size(), square.size(), square.base());
    Works.compare(report, goal, label, ours.number(PeerRun.MEDIAN), peer);
    memory(report, label, ours, peer);
    Works.steps(report, label, ours, peer);
    Network network = new Network(square.base(), DEPTH, Normalization.INSTANCE);
    double gflop = MultiplyAdds.trainingGflop(network, OUTPUTS, Scale.BATCH, square.size());
    ours.put("step.gflop", gflop);
    ours.put("step.gflops", 1e3 * gflop / ours.number(PeerRun.MEDIAN));
    report.note(
        String.format(
            Locale.ROOT,
            "%s: %.1f GFLOP of convolution, ours %.0f GFLOP/s sustained",
            label,
            gflop,
            ours.number("step.gflops")));
    if (measured > 0) {
      report.note(label + ", ms in each operation:" + operations(ours));
    }
  }

  private static void memory(Report report, String label, Results ours, Optional<PeerRun> peer) {
    if (!ours.numbers().containsKey("peakMiB")) {
      return;
    }
    String mine = Table.mebibytes(ours.number("peakMiB"));
    if (peer.isEmpty()) {
      report.show("  its peak resident memory", mine, "absent", Double.NaN);
      return;
    }
    double theirs = peer.get().best().number("peakMiB");
    report.judge(
        Goal.RESIDENT_MEMORY,
        "  its peak resident memory",
        mine,
        Table.mebibytes(theirs),
        ours.number("peakMiB") / theirs);
  }

  private static String operations(Results ours) {
    StringBuilder text = new StringBuilder();
    ours.numbers().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("op."))
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(
            entry ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%n  %-40s %9.2f",
                        entry.getKey().replaceAll("^op\\.|\\.ms$", ""),
                        entry.getValue())));
    return text.toString();
  }
}
