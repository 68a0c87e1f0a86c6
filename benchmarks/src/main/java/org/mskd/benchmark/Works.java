package org.mskd.benchmark;

import java.util.Optional;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;

/** Common parts of the benchmarks. */
final class Works {
  private Works() {}

  static Arguments with(Arguments parameters, Scale.Steps steps) {
    return parameters.with("warmup", steps.warmup()).with("steps", steps.timed());
  }

  /** Batches of slices of this size, for a network of these channels. */
  static Arguments with(Arguments parameters, Scale.Square square) {
    return parameters
        .with("size", square.size())
        .with("base", square.base())
        .with("batch", Scale.BATCH);
  }

  /** Adds all figures of a peer's best variant, and the medians of the others. */
  static void add(Report report, String name, PeerRun run) {
    Results best = run.best();
    best.put("variant", run.bestName());
    run.medians()
        .forEach((variant, median) -> best.put("variant." + variant + ".medianMs", median));
    report.add(name + ".libtorch", best);
  }

  /** A line that is compared with its goal, or only shown if the peer is absent. */
  static void compare(Report report, Goal goal, String label, double ours, Optional<PeerRun> peer) {
    String mine = Table.milliseconds(ours);
    if (peer.isPresent()) {
      double theirs = peer.get().median();
      report.judge(goal, label, mine, Table.milliseconds(theirs), ours / theirs);
    } else {
      report.show(label, mine, "absent", Double.NaN);
    }
  }

  /** Reports the number of steps behind a line, and the peer's variant. */
  static void steps(Report report, String label, Results ours, Optional<PeerRun> peer) {
    report.note(
        "%s: medians of %.0f steps of ours%s"
            .formatted(
                label,
                ours.number("step.steps"),
                peer.map(
                        run ->
                            " and %.0f of libtorch's, %s; its variants' medians in ms: %s"
                                .formatted(
                                    run.best().number("step.steps"), run.bestName(), run.medians()))
                    .orElse("")));
  }
}
