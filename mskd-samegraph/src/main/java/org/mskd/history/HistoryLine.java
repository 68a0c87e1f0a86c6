package org.mskd.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
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
 * @param validation Dice on held-out subjects by organ, 0 to 1, after the last iteration of an
 *     epoch; else empty, and left out of the line
 */
public record HistoryLine(
    double gradientNorm,
    int iteration,
    double learningRate,
    double loss,
    SortedMap<String, Double> terms,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, Double> validation) {
  public HistoryLine {
    terms = copy(terms);
    validation = copy(validation);
  }

  private static SortedMap<String, Double> copy(SortedMap<String, Double> values) {
    return values == null
        ? Collections.emptySortedMap()
        : Collections.unmodifiableSortedMap(new TreeMap<>(values));
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
