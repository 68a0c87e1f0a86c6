package org.mskd.training;

import java.util.Optional;

/**
 * The state of a training at the end of an iteration, without its tensors and its history's lines.
 * Batches need nothing here: each is a function of its iteration. Numbers are kept as JSON, with
 * enough digits for every double to be exact.
 *
 * @param inputs digest of everything the training depends on
 * @param iteration iterations done, and so the next one's number
 * @param optimizerSteps steps that each {@link ParameterOptimizer} made
 * @param schedule of the learning rate; empty where that depends on the iteration alone
 * @param epochSum losses of the epoch under way, added up
 * @param average moving average of the loss; NaN before the first iteration
 * @param historyBytes length of the history so far
 * @param historyChecksum its CRC-32C
 */
record TrainingState(
    String inputs,
    int iteration,
    int optimizerSteps,
    Optional<PlateauState> schedule,
    double epochSum,
    double average,
    long historyBytes,
    int historyChecksum) {
  TrainingState {
    if (inputs == null || schedule == null) {
      throw new IllegalArgumentException("a part is missing");
    }
    if (iteration < 0 || optimizerSteps < 0 || historyBytes < 0) {
      throw new IllegalArgumentException("a count is below 0");
    }
  }
}
