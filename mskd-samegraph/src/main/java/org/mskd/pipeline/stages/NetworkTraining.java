package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Training;
import org.mskd.graph.WeightInit;
import org.mskd.history.HistoryCsv;
import org.mskd.method.Requirements;
import org.mskd.method.TrainingContext;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.Tensor;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.problem.BadInputException;
import org.mskd.training.AveragedTrainer;
import org.mskd.training.Checkpointing;
import org.mskd.training.EndState;
import org.mskd.training.History;
import org.mskd.training.PrefetchedBatches;
import org.mskd.training.Trainer;
import org.mskd.training.TrainingCancelled;
import org.mskd.training.TrainingLoop;

/** One training of a network, from its first batch or a checkpoint to the model's file. */
final class NetworkTraining {
  private final TrainedNetwork network;
  private final StageContext context;
  private final TrainingData data;
  private final StageWork work;
  private final StageProgress progress;

  /**
   * @param work the run of the stage
   */
  NetworkTraining(TrainedNetwork network, StageWork work) {
    this.network = network;
    this.context = network.context();
    this.data = network.data();
    this.work = work;
    this.progress = work.progress();
  }

  /**
   * Trains, and writes the model, the history and the times.
   *
   * @param checkpoints the one to resume at, and those to be written
   * @param longer whether it continues a shorter training, or can be continued
   */
  void run(TrainingCheckpoints checkpoints, LongerTraining longer) {
    try (BatchSampling sampling = data.open()) {
      run(sampling, checkpoints.open(progress, longer.begun(work.inputs())), longer);
    }
  }

  private void run(BatchSampling sampling, Checkpointing checkpointing, LongerTraining longer) {
    Training training = data.training();
    Path folder = network.folderIn(context.folders().in(work.folder()));
    Path lines = ExperimentFolders.historyIn(folder);
    ModelCard card =
        new TrainedCard(context, network.kind(), network.method(), data)
            .of(work.inputs(), sampling.slices(), network.initial());
    try (HeldOutValidation validation = HeldOutValidation.open(network.scored(), card, training);
        Trainee trainee = trainee(sampling);
        History history = History.open(lines, failedHistory(), checkpointing);
        PrefetchedBatches ahead =
            new PrefetchedBatches(
                trainee.batches(), checkpointing.first(), training.iterations())) {
      TrainingLoop loop =
          validation.in(
              new TrainingLoop(
                  training,
                  history,
                  new ReportedTraining(network.name(), progress),
                  Optional.of(checkpointing)));
      StepClock steps = StepClock.start(checkpointing.first(), training.iterations());
      AtomicReference<EndState> end = new AtomicReference<>();
      progress.cancellable(() -> end.set(train(loop, trainee, ahead)));
      steps.stop(validation.seconds());
      ModelArchive.write(ExperimentFolders.modelIn(folder), card, trainee.trainer().weights());
      history.finish();
      HistoryCsv.write(lines, lines.resolveSibling(HistoryCsv.NAME));
      steps.write(folder, network.method().name());
      longer.keep(end.get(), folder, work);
      progress.waited(ahead.secondsWaited());
    }
  }

  /**
   * Trains, and reports a cancellation before the training ends: the process may end right after.
   */
  private EndState train(TrainingLoop loop, Trainee trainee, PrefetchedBatches ahead) {
    try {
      return loop.train(network.name(), trainee.trainer(), ahead);
    } catch (TrainingCancelled e) {
      progress.cancelled(e.iteration());
      throw e;
    }
  }

  private Trainee trainee(BatchSampling sampling) {
    Requirements required = network.method().requirements();
    int organs = required.needsLabels() ? data.organs().size() : 0;
    Trainer trainer = trainer();
    try {
      return network
          .teachers()
          .map(targets -> targets.trainee(trainer, sampling, organs, work))
          .orElseGet(
              () ->
                  new Trainee(
                      trainer, sampling.batches(organs, Optional.empty()), Optional.empty()));
    } catch (RuntimeException | Error e) {
      trainer.close();
      throw e;
    }
  }

  private Trainer trainer() {
    InitialWeights initial = network.initial();
    Map<String, Tensor> weights = initial.read(work.inputs());
    Experiment experiment = context.experiment();
    Training training = data.training();
    Trainer trainer =
        network
            .method()
            .method()
            .trainer(
                new TrainingContext(
                    experiment.network(),
                    data.organs(),
                    training.batchSize(),
                    experiment.inputSize(),
                    new WeightInit(data.seed("weights")),
                    training.iterations(),
                    training.forcedSlots(),
                    OrganSizesStage.shares(context, network.method().requirements()),
                    network.effectiveTraining().deepSupervision(),
                    weights),
                network.method().options());
    try {
      initial.requireIn(trainer, weights);
    } catch (BadInputException e) {
      trainer.close();
      throw e;
    }
    return AveragedTrainer.of(trainer, training.weightAverage());
  }

  /** The path for the history of a training that failed, which shows where the failure began. */
  private Path failedHistory() {
    String name = network.id().replace('/', '-') + ".history.failed.jsonl";
    return context.folders().logs().resolve(name);
  }
}
