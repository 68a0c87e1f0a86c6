package org.mskd.pipeline.stages;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.mskd.code.ResultNeutral;
import org.mskd.experiment.Training;
import org.mskd.model.ModelCard;
import org.mskd.prediction.HeldOutDice;
import org.mskd.training.EpochValidation;
import org.mskd.training.Source;
import org.mskd.training.TrainingLoop;

/**
 * The open slices of the subjects that a network is scored on during its training; none where no
 * subject is held out.
 */
@ResultNeutral // the code of the scores is an input of trainings that have some
final class HeldOutValidation implements AutoCloseable {
  private final List<Source> subjects;
  private final ModelCard card;
  private final int batch;
  private long nanos;

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
    return subjects.isEmpty()
        ? loop
        : loop.validatedBy(timed(new HeldOutDice(card, subjects, batch)));
  }

  private EpochValidation timed(EpochValidation validation) {
    return weights -> {
      long start = System.nanoTime();
      SortedMap<String, Double> dice = validation.dice(weights);
      nanos += System.nanoTime() - start;
      return dice;
    };
  }

  /** How long the network was scored so far. */
  double seconds() {
    return nanos * 1e-9;
  }

  @Override
  public void close() {
    subjects.forEach(source -> PreparedStores.close(source.stores()));
  }
}
