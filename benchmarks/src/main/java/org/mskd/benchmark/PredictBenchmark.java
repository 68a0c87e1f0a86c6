package org.mskd.benchmark;

import java.io.IOException;
import java.util.Locale;
import org.mskd.benchmark.Scale.Square;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;

/** {@code mskd:predict} of one scan, from file to file; no other library does all of it. */
final class PredictBenchmark implements Benchmark {
  private static final int ORGANS = 4;
  private static final int BATCH = 4;

  private final Square network;
  private final int slices;

  /**
   * @param network base channels, and the side of scans and slices
   * @param slices of the scan
   */
  PredictBenchmark(Square network, int slices) {
    this.network = network;
    this.slices = slices;
  }

  @Override
  public String name() {
    return "predict";
  }

  @Override
  public void run(Sides sides, Report report) throws IOException, InterruptedException {
    Results found =
        sides
            .ours()
            .run(
                name(),
                Works.with(Arguments.none(), network.ours())
                    .with("work", name())
                    .with("base", network.base())
                    .with("organs", ORGANS)
                    .with("batch", BATCH)
                    .with("size", network.size())
                    .with("slices", slices)
                    .with("folder", sides.folder().resolve("scans-to-predict")));
    report.add("predict.ours", found);
    report.show(
        "predict a scan, from file to file",
        String.format(Locale.ROOT, "%.1f slices/s", found.number("slicesASecond")),
        "-",
        Double.NaN);
    report.note(
        String.format(
            Locale.ROOT,
            "predict: a scan of %d x %d x %d, %d organs, base %d, batches of %d: %.2f s",
            network.size(),
            network.size(),
            slices,
            ORGANS,
            network.base(),
            BATCH,
            found.number("scan.medianMs") / 1e3));
  }
}
