package org.mskd.history;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.ExperimentJson;

/**
 * One iteration: a line of {@code history.jsonl}, a JSON object with sorted keys.
 *
 * @param gradientNorm L2 norm of all gradients together, before clipping
 * @param iteration from 1
 * @param learningRate of the iteration
 * @param loss the total loss
 * @param terms every term of the loss by name
 */
public record HistoryLine(
    double gradientNorm,
    int iteration,
    double learningRate,
    double loss,
    SortedMap<String, Double> terms) {
  public HistoryLine {
    terms =
        terms == null
            ? Collections.emptySortedMap()
            : Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Double>) terms));
  }

  /** The line with its end. */
  public String text() {
    return ExperimentJson.write(this) + "\n";
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static HistoryLine of(String text) {
    return ExperimentJson.read(text, HistoryLine.class);
  }
}
