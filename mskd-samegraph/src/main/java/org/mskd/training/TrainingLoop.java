package org.mskd.training;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import org.mskd.experiment.Training;

/** Trains batch by batch: pass, checks, optimizer, schedule, history, checkpoint. */
public final class TrainingLoop {
  private final Training settings;
  private final History history;
  private final TrainingListener listener;
  private final Optional<Checkpointing> checkpointing;
  private final Optional<EpochValidation> validation;

  /** A training without checkpoints. */
  public TrainingLoop(Training settings, History history, TrainingListener listener) {
    this(settings, history, listener, Optional.empty());
  }

  /**
   * @param checkpointing the checkpoints, and where the training begins; the history and the
   *     batches begin there too
   */
  public TrainingLoop(
      Training settings,
      History history,
      TrainingListener listener,
      Optional<Checkpointing> checkpointing) {
    this(settings, history, listener, checkpointing, Optional.empty());
  }

  private TrainingLoop(
      Training settings,
      History history,
      TrainingListener listener,
      Optional<Checkpointing> checkpointing,
      Optional<EpochValidation> validation) {
    this.settings = settings;
    this.history = history;
    this.listener = listener;
    this.checkpointing = checkpointing;
    this.validation = validation;
  }

  /** The same loop, which scores the network at the end of each epoch. */
  public TrainingLoop validatedBy(EpochValidation scores) {
    return new TrainingLoop(settings, history, listener, checkpointing, Optional.of(scores));
  }

  /**
   * Trains until {@link Training#iterations} steps are made.
   *
   * @param name the stage's name, for messages
   * @return the state at the end, valid until the trainer is closed
   * @throws org.mskd.problem.BadInputException if a loss, a gradient, or a parameter at the end, is
   *     NaN or infinite
   * @throws TrainingCancelled if it is cancelled, with a checkpoint written
   */
  public EndState train(String name, Trainer trainer, PrefetchedBatches batches) {
    FiniteChecks checks = new FiniteChecks(name, history);
    TrainingProgress progress = new TrainingProgress(settings, trainer);
    checkpointing.flatMap(Checkpointing::start).ifPresent(progress::restore);
    while (progress.iteration() < settings.iterations()) {
      TensorBatch batch = batches.next();
      step(trainer, batch, checks, progress);
      batches.giveBack(batch);
      listener.step(progress.iteration(), settings.iterations(), progress.average());
      checkpointing.ifPresent(some -> keep(some, name, progress));
    }
    checks.parameters(trainer.models());
    return new EndState(progress, history);
  }

  private void step(
      Trainer trainer, TensorBatch batch, FiniteChecks checks, TrainingProgress progress) {
    int iteration = progress.iteration();
    StepResult result = trainer.step(batch);
    checks.loss(iteration, result, batch.slices());
    double rate = progress.rate();
    double norm = progress.update();
    checks.gradients(iteration, norm, trainer.models(), batch.slices());
    trainer.afterUpdate(iteration);
    history.add(iteration, rate, norm, result, validate(iteration + 1, trainer));
    progress.end(result.loss());
  }

  /** Scores the network if an epoch is done; empty if not. */
  private SortedMap<String, Double> validate(int done, Trainer trainer) {
    if (validation.isEmpty() || done % settings.iterationsPerEpoch() != 0) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, Double> dice = validation.get().dice(trainer.weights());
    listener.validated(done / settings.iterationsPerEpoch(), settings.epochs(), dice);
    return dice;
  }

  private void keep(Checkpointing some, String name, TrainingProgress progress) {
    boolean ends = some.endRequested().getAsBoolean();
    if (ends || progress.iteration() % some.every() == 0) {
      history.force();
      some.folder().write(progress.state(some.folder().inputs(), history), progress.tensors());
      some.written().accept(progress.iteration());
    }
    if (ends) {
      history.leave();
      throw new TrainingCancelled(name, progress.iteration());
    }
  }
}
