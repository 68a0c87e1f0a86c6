package org.mskd.benchmark.ours;

import java.util.Map;
import java.util.TreeMap;
import org.mskd.benchmark.measure.Results;
import org.mskd.benchmark.measure.Timing;
import org.mskd.graph.runtime.GraphSession;

/**
 * The time of a step by kinds of operations.
 *
 * @param milliseconds of a step in each kind of operation
 * @param step milliseconds of the whole step; the time outside operations is Adam's, the batch's
 *     and the session's own
 */
record OperationTimes(Map<String, Double> milliseconds, double step) {
  /** Prefixes of the names of the losses' operations. */
  private static final String LOSS = "mskd_";

  private static final String LOSS_ENDING = "_loss";
  private static final String TEACHER_LOSS = "mskd_dice_cross_entropy";

  /** The times of the steps that a session measured. */
  static OperationTimes of(GraphSession session, Timing steps) {
    Map<String, Double> milliseconds = new TreeMap<>();
    session
        .nanoseconds()
        .forEach((name, nanos) -> milliseconds.put(name, nanos * 1e-6 / steps.steps()));
    return new OperationTimes(
        milliseconds,
        steps.milliseconds().stream().mapToDouble(Double::doubleValue).average().orElseThrow());
  }

  /** The losses' fraction of the step. */
  double lossShare() {
    double sum = 0;
    for (Map.Entry<String, Double> entry : milliseconds.entrySet()) {
      sum += isLoss(entry.getKey()) ? entry.getValue() : 0;
    }
    return sum / step;
  }

  private static boolean isLoss(String name) {
    return name.startsWith(TEACHER_LOSS) || name.startsWith(LOSS) && name.contains(LOSS_ENDING);
  }

  void into(Results results) {
    double operations = milliseconds.values().stream().mapToDouble(Double::doubleValue).sum();
    milliseconds.forEach((name, ms) -> results.put("op." + name + ".ms", ms));
    results.put("op.rest.ms", step - operations);
    results.put("op.whole.ms", step);
    results.put("lossShare", lossShare());
  }
}
