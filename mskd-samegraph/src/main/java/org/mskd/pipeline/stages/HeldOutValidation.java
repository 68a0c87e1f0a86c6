package org.mskd.pipeline.stages;

import java.util.List;
import java.util.Optional;
import org.mskd.experiment.Training;
import org.mskd.model.ModelCard;
import org.mskd.prediction.HeldOutDice;
import org.mskd.training.Source;
import org.mskd.training.TrainingLoop;

/**
 * The open slices of the subjects that a network is scored on during its training; none where no
 * subject is held out.
 */
final class HeldOutValidation implements AutoCloseable {
  private final List<Source> subjects;
  private final ModelCard card;
  private final int batch;

  private HeldOutValidation(List<Source> subjects, ModelCard card, int batch) {
    this.subjects = subjects;
    this.card = card;
    this.batch = batch;
  }

  /**
   * Opens the slices.
   *
   * @param card of the network that is trained
   */
  static HeldOutValidation open(
      Optional<ScoredSubjects> scored, ModelCard card, Training training) {
    return new HeldOutValidation(
        scored.map(ScoredSubjects::open).orElse(List.of()), card, training.batchSize());
  }

  /** The loop that scores the network on them. */
  TrainingLoop in(TrainingLoop loop) {
    return subjects.isEmpty() ? loop : loop.validatedBy(new HeldOutDice(card, subjects, batch));
  }

  @Override
  public void close() {
    subjects.forEach(source -> PreparedStores.close(source.stores()));
  }
}
