package org.mskd.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.mskd.benchmark.Scale.Square;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;

/** From compressed scans to slice stores, compared with decompression alone. */
final class PrepareBenchmark implements Benchmark {
  /** Of the synthetic scan. */
  private static final int SLICES = 64;

  private final Square scan;

  PrepareBenchmark(Square scan) {
    this.scan = scan;
  }

  @Override
  public String name() {
    return "prepare";
  }

  @Override
  public void run(Sides sides, Report report) throws IOException, InterruptedException {
    Path folder = sides.folder().resolve("scans");
    Results found =
        sides
            .ours()
            .run(
                name(),
                Works.with(Arguments.none(), scan.ours())
                    .with("work", "prepare")
                    .with("size", scan.size())
                    .with("slices", SLICES)
                    .with("folder", folder));
    report.add("prepare.ours", found);
    double prepare = found.number("prepare.mibASecond");
    line(report, "prepare beside Java's gunzip", prepare, found, "javaGunzip.mibASecond");
    line(report, "  beside gzip -dc", prepare, found, "gzip.mibASecond");
    report.note(
        String.format(
            Locale.ROOT,
            "prepare: %.1f MiB of .nii.gz, a scan of %d x %d x %d and its label",
            found.number("inputMiB"),
            scan.size(),
            scan.size(),
            SLICES));
  }

  private static void line(
      Report report, String label, double prepare, Results found, String peer) {
    Double theirs = found.numbers().get(peer);
    report.show(
        label,
        speed(prepare),
        theirs == null ? "absent" : speed(theirs),
        // As for times, a ratio below 1 means that ours is faster.
        theirs == null ? Double.NaN : theirs / prepare);
  }

  private static String speed(double mebibytes) {
    return String.format(Locale.ROOT, "%.1f MiB/s", mebibytes);
  }
}
