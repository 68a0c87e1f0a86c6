package org.mskd.dataset;

import java.util.List;
import java.util.Optional;

/**
 * All data of an experiment, prepared and checked against each other.
 *
 * @param training in the order of the experiment's organs
 * @param test the test set, if there is one
 * @param warnings what a person should know, a sentence or two each
 */
public record PreparedData(
    List<PreparedSet> training, Optional<PreparedSet> test, List<String> warnings) {
  public PreparedData {
    training = List.copyOf(training);
    warnings = List.copyOf(warnings);
  }
}
