package org.mskd.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.mskd.benchmark.Scale.Square;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;
import org.mskd.benchmark.network.Logits;

/**
 * A student over a whole volume. The three sides have the same weights and are compared only if
 * they give the same logits for the first slice.
 */
final class InferenceBenchmark implements Benchmark {
  /** Of the logits' standard deviation: a hundred times what the order of sums may change. */
  private static final double TOLERANCE = 1e-2;

  private final Square square;
  private final int slices;

  InferenceBenchmark(Square square, int slices) {
    this.square = square;
    this.slices = slices;
  }

  @Override
  public String name() {
    return "inference";
  }

  @Override
  public void run(Sides sides, Report report) throws IOException, InterruptedException {
    Path logits = sides.folder().resolve("logits.ours");
    Results ours =
        sides.ours().run(name(), Works.with(work(sides, logits), new Scale.Steps(2, steps())));
    report.add("inference.ours", ours);
    double milliseconds = ours.number(PeerRun.MEDIAN);
    String label = "inference, %d slices of %dx%d".formatted(slices, square.size(), square.size());
    Path torchLogits = sides.folder().resolve("logits.libtorch");
    Optional<PeerRun> torch = sides.torch().run(name(), peer(sides, torchLogits));
    if (torch.isPresent()) {
      Works.add(report, "inference", torch.get());
      agree(report, "libtorch", logits, torchLogits);
    }
    Works.compare(report, Goal.INFERENCE, label, milliseconds, torch);
    Works.steps(report, label, ours, torch);
    Path onnxLogits = sides.folder().resolve("logits.onnxruntime");
    Optional<Results> onnx = sides.onnxRuntime().run(name(), peer(sides, onnxLogits));
    if (onnx.isPresent()) {
      report.add("inference.onnxruntime", onnx.get());
      agree(report, "onnxruntime", logits, onnxLogits);
    }
    report.show(
        "  beside ONNX Runtime",
        Table.milliseconds(milliseconds),
        onnx.map(run -> Table.milliseconds(run.number(PeerRun.MEDIAN))).orElse("absent"),
        onnx.map(run -> milliseconds / run.number(PeerRun.MEDIAN)).orElse(Double.NaN));
  }

  private int steps() {
    return square.ours().timed() > 3 ? 10 : 3;
  }

  private Arguments peer(Sides sides, Path logits) {
    return Works.with(work(sides, logits), new Scale.Steps(1, steps()))
        .with("beat", Double.POSITIVE_INFINITY);
  }

  private Arguments work(Sides sides, Path logits) {
    return Works.with(Arguments.none().with("work", "inference"), square)
        .with("organs", Scale.ORGANS)
        .with("slices", slices)
        .with("model", sides.folder().resolve("student.onnx"))
        .with("logits", logits);
  }

  private static void agree(Report report, String peer, Path ours, Path theirs) throws IOException {
    double difference = Logits.difference(Logits.read(ours), Logits.read(theirs));
    if (!(difference < TOLERANCE)) {
      throw new IllegalStateException(
          "%s runs another network than mskd: a logit differs by %s standard deviations"
              .formatted(peer, difference));
    }
    report.note(
        String.format(
            Locale.ROOT,
            "logits of %s and ours differ by at most %.1e of their standard deviation",
            peer,
            difference));
  }
}
