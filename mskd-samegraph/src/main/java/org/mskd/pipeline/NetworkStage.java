package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.mskd.code.ResultNeutral;
import org.mskd.dataset.PreparedSubject;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Training;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.targets.TargetStore;
import org.mskd.training.BatchSource;
import org.mskd.training.Checkpointing;
import org.mskd.training.History;
import org.mskd.training.NetworkWeights;
import org.mskd.training.PrefetchedBatches;
import org.mskd.training.TrainableNetwork;
import org.mskd.training.TrainingCancelled;
import org.mskd.training.TrainingLoop;

/** Trains one network, teacher or student, from prepared slices to a model archive. */
abstract class NetworkStage implements Stage {
  private final StageContext context;
  private final ModelKind kind;
  private final TrainingData data;

  NetworkStage(StageContext context, ModelKind kind, TrainingData data) {
    this.context = context;
    this.kind = kind;
    this.data = data;
  }

  /** Where the model goes. */
  abstract Path folderIn(ExperimentFolders folders);

  /** What else the result depends on, beyond data, network and training. */
  abstract SortedMap<String, String> ownInputs();

  /** The method of a student; empty for a teacher. */
  abstract Optional<String> method();

  /** What is trained on what. */
  abstract Trainee trainee(BatchDraws draws, long initialSeed);

  /**
   * A network with the batches that it is trained on.
   *
   * @param network with its loss
   * @param batches of the slices that are open
   * @param targets what of the batches does not come from the slices, to be closed with the network
   */
  record Trainee(TrainableNetwork network, BatchSource batches, Optional<TargetStore> targets)
      implements AutoCloseable {
    @Override
    public void close() {
      network.close();
      targets.ifPresent(TargetStore::close);
    }
  }

  StageContext context() {
    return context;
  }

  TrainingData data() {
    return data;
  }

  @Override
  public int steps() {
    return context.experiment().training().iterations();
  }

  @Override
  public List<Path> outputs() {
    return List.of(folderIn(context.folders()));
  }

  @Override
  public SortedMap<String, String> inputs() {
    SortedMap<String, String> inputs = context.tensorInputs(id(), getClass());
    inputs.putAll(ownInputs());
    data.putInputs(inputs);
    inputs.put("network", ExperimentJson.write(context.experiment().network()));
    inputs.put("training", ExperimentJson.write(context.experiment().training()));
    return inputs;
  }

  /** It took hours to train. */
  @Override
  public boolean isKept(SortedMap<String, String> inputs) {
    return !inputs.containsKey(TeacherFileStage.GIVEN);
  }

  @Override
  @ResultNeutral
  public String startNote() {
    return checkpoints().exist() ? "" : "training starts at iteration 0";
  }

  @Override
  public void installed() {
    checkpoints().close();
  }

  @Override
  public void run(StageProgress progress, Path work) {
    try (BatchDraws draws = data.open()) {
      train(draws, progress, folderIn(new ExperimentFolders(work)));
    }
  }

  private void train(BatchDraws draws, StageProgress progress, Path folder) {
    Training training = context.experiment().training();
    Checkpointing checkpointing = checkpoints().open(progress);
    try (Trainee trainee = trainee(draws, data.seed("weights"));
        History history =
            History.open(ExperimentFolders.historyIn(folder), failedHistory(), checkpointing);
        PrefetchedBatches ahead =
            new PrefetchedBatches(
                trainee.batches(), checkpointing.first(), training.iterations())) {
      TrainingLoop loop =
          new TrainingLoop(
              training,
              history,
              (done, of, loss) -> progress.step(done, loss),
              Optional.of(checkpointing));
      progress.cancellable(() -> train(loop, trainee, ahead, progress));
      ModelArchive.write(
          ExperimentFolders.modelIn(folder),
          card(subjects(draws)),
          NetworkWeights.of(trainee.network().session()));
      history.finish();
      progress.waited(ahead.secondsWaited());
    }
  }

  /** Said before the training counts as ended: the process may end right after that. */
  private void train(
      TrainingLoop loop, Trainee trainee, PrefetchedBatches ahead, StageProgress progress) {
    try {
      loop.train(name(), trainee.network(), ahead);
    } catch (TrainingCancelled e) {
      progress.cancelled(e.iteration());
      throw e;
    }
  }

  private TrainingCheckpoints checkpoints() {
    return new TrainingCheckpoints(context, name(), id(), inputs());
  }

  /** Where a training that fails leaves its history, for a person to see where it began. */
  private Path failedHistory() {
    return context.folders().logs().resolve(id().replace('/', '-') + ".history.failed.jsonl");
  }

  private ModelCard card(List<Map<String, Object>> subjects) {
    SortedMap<String, String> provenance = inputs();
    method().ifPresent(name -> provenance.put("method", name));
    return new ModelCard(
        kind,
        context.experiment().network(),
        data.organs(),
        context.experiment().preprocessing(),
        context.experiment().inputSize(),
        context.experiment().seed(),
        provenance,
        subjects);
  }

  /** What was done to each subject, without its name: a model may be shared where names may not. */
  private static List<Map<String, Object>> subjects(BatchDraws draws) {
    return draws.slices().sources().stream()
        .flatMap(source -> source.stores().stream())
        .map(store -> record(store.subject()))
        .toList();
  }

  private static Map<String, Object> record(PreparedSubject subject) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("voxelDigest", subject.voxelDigest());
    record.put("orientation", subject.orientation());
    record.put("sourceDimensions", subject.sourceDimensions());
    record.put("sourceSpacing", subject.sourceSpacing());
    record.put("geometry", ExperimentJson.plain(subject.geometry()));
    return record;
  }
}
