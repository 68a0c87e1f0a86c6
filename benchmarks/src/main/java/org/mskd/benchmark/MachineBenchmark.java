package org.mskd.benchmark;

import java.io.IOException;
import java.util.Locale;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;

/** The peak performance of this machine, with which sustained figures are compared. */
final class MachineBenchmark implements Benchmark {
  private static final int STEPS = 10;

  private final int side;

  MachineBenchmark(int side) {
    this.side = side;
  }

  @Override
  public String name() {
    return "peak";
  }

  @Override
  public void run(Sides sides, Report report) throws IOException, InterruptedException {
    Results peak =
        sides
            .ours()
            .run(
                name(),
                Arguments.none().with("work", "peak").with("side", side).with("steps", STEPS));
    report.add("machine", peak);
    report.environment("engine", peak.texts().get("engine"));
    report.note(
        String.format(
            Locale.ROOT,
            "this machine's peak: %.0f GFLOP/s (oneDNN, product of two %d x %d matrices)",
            peak.number("peakGflops"),
            side,
            side));
  }
}
