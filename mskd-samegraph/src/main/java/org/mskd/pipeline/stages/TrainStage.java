package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import org.mskd.code.ResultNeutral;
import org.mskd.evaluation.TimingsFile;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Method;
import org.mskd.experiment.Training;
import org.mskd.graph.WeightInit;
import org.mskd.history.HistoryCsv;
import org.mskd.method.ConfiguredMethod;
import org.mskd.method.Methods;
import org.mskd.method.Requirements;
import org.mskd.method.TeacherMethod;
import org.mskd.method.TrainingContext;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.option.OptionValues;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Checkpoints;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.prediction.HeldOutDice;
import org.mskd.problem.BadInputException;
import org.mskd.training.AveragedTrainer;
import org.mskd.training.Checkpointing;
import org.mskd.training.EndState;
import org.mskd.training.History;
import org.mskd.training.PrefetchedBatches;
import org.mskd.training.Trainer;
import org.mskd.training.TrainingCancelled;
import org.mskd.training.TrainingLoop;

/**
 * Trains one network, teacher or student, by its method, on prepared slices, and writes a model
 * archive.
 */
public final class TrainStage implements Stage {
  private final StageContext context;
  private final ModelKind kind;
  private final ConfiguredMethod method;
  private final TrainingData data;
  private final Optional<TeacherTargets> teachers;

  private TrainStage(
      StageContext context, ModelKind kind, ConfiguredMethod method, TrainingData data) {
    this.context = context;
    this.kind = kind;
    this.method = method;
    this.data = data;
    this.teachers = TeacherTargets.of(context, method.requirements());
  }

  /** The teacher of one organ. The code of its method is part of the stage's inputs. */
  @ResultNeutral
  public static TrainStage teacher(StageContext context, String organ) {
    TeacherMethod method = new TeacherMethod();
    OptionValues options = OptionValues.defaults(method.options());
    return new TrainStage(
        context,
        ModelKind.TEACHER,
        new ConfiguredMethod(organ, method, options),
        TrainingData.ofTeacher(context, organ));
  }

  /** A student. The code of its method is part of the stage's inputs. */
  @ResultNeutral
  public static TrainStage student(StageContext context, Method declared) {
    ConfiguredMethod method = Methods.installed().of(declared);
    TrainingData data = TrainingData.of(context, method.requirements());
    return new TrainStage(context, ModelKind.STUDENT, method, data);
  }

  static String teacherId(String organ) {
    return StageKind.TEACHER.id() + "/" + organ;
  }

  static String studentId(String name) {
    return StageKind.STUDENT.id() + "/" + name;
  }

  /** The held-out subjects that the network is scored on at the end of each epoch. */
  private Optional<ScoredSubjects> scored() {
    return context.heldOut().map(held -> new ScoredSubjects(context, data.organs(), held));
  }

  private StageKind stageKind() {
    return kind == ModelKind.TEACHER ? StageKind.TEACHER : StageKind.STUDENT;
  }

  @Override
  public String name() {
    return context.name(stageKind().id() + " " + method.name());
  }

  @Override
  public String id() {
    return context.id(stageKind().id() + "/" + method.name());
  }

  private Path folderIn(ExperimentFolders folders) {
    return kind == ModelKind.TEACHER
        ? folders.teacher(method.name())
        : folders.method(method.name());
  }

  @Override
  public int steps() {
    return data.training().iterations();
  }

  @Override
  public List<Path> outputs() {
    return List.of(folderIn(context.folders()));
  }

  @Override
  public StageSpec spec() {
    StageSpec spec =
        data.in(context.tensorSpec(id(), stageKind(), code()))
            .with("method", method.method().id())
            .with("options", ExperimentJson.write(method.effective().texts()))
            .with("network", ExperimentJson.write(context.experiment().network()))
            .with(Continuation.TRAINING, ExperimentJson.write(effectiveTraining()));
    StageSpec begun = initial().in(spec);
    StageSpec sized = OrganSizesStage.in(context, begun, method.requirements());
    StageSpec all = scored().map(subjects -> subjects.in(sized)).orElse(sized);
    return teachers.map(targets -> targets.in(all)).orElse(all);
  }

  /** Without settings that have no effect on the network. */
  private Training effectiveTraining() {
    Training training = data.training();
    return training.toBuilder()
        .weightAverage(method.method().averagesWeights() ? 0 : training.weightAverage())
        .deepSupervision(training.deepSupervision() && method.method().supervisesDeeply())
        .build();
  }

  /** The scores on held-out subjects are part of the result where there are some. */
  private Class<?>[] code() {
    return scored().isPresent()
        ? new Class<?>[] {getClass(), method.method().getClass(), HeldOutDice.class}
        : new Class<?>[] {getClass(), method.method().getClass()};
  }

  @Override
  public List<String> byProducts() {
    return List.of(TimingsFile.NAME, Checkpoints.END);
  }

  /** True: the model took hours to train. */
  @Override
  public boolean isKept(SortedMap<String, String> inputs) {
    return !inputs.containsKey(TeacherFileStage.GIVEN);
  }

  @Override
  public boolean isTraining() {
    return true;
  }

  @Override
  @ResultNeutral
  public String startNote(SortedMap<String, String> inputs) {
    return checkpoints(inputs).exist() ? "" : longer().note(inputs);
  }

  @Override
  @ResultNeutral
  public OptionalInt continuesAt(SortedMap<String, String> inputs) {
    return longer().begun(inputs).stream()
        .filter(shorter -> shorter.finished().isUndamaged())
        .mapToInt(Continuation::iterations)
        .findFirst();
  }

  @Override
  public void installed(SortedMap<String, String> inputs) {
    checkpoints(inputs).close();
  }

  @Override
  public void run(StageWork work) {
    warnOfNoForcedSlot(work.progress());
    try (BatchSampling sampling = data.open()) {
      train(sampling, work, folderIn(context.folders().in(work.folder())));
    }
  }

  @ResultNeutral
  private void warnOfNoForcedSlot(StageProgress progress) {
    Training training = data.training();
    if (training.annotatedFraction() > 0 && training.forcedSlots() == 0) {
      progress.warn(
          "With <batchSize> %d an <annotatedFraction> of %s is less than half a slice: no slot of"
                  .formatted(training.batchSize(), training.annotatedFraction())
              + " a batch is forced to contain an organ.");
    }
  }

  private void train(BatchSampling sampling, StageWork work, Path folder) {
    StageProgress progress = work.progress();
    Training training = data.training();
    Checkpointing checkpointing =
        checkpoints(work.inputs()).open(progress, longer().begun(work.inputs()));
    ModelCard card =
        new TrainedCard(context, kind, method, data)
            .of(work.inputs(), sampling.slices(), initial());
    try (HeldOutValidation validation = HeldOutValidation.open(scored(), card, training);
        Trainee trainee = trainee(sampling, work);
        History history =
            History.open(ExperimentFolders.historyIn(folder), failedHistory(), checkpointing);
        PrefetchedBatches ahead =
            new PrefetchedBatches(
                trainee.batches(), checkpointing.first(), training.iterations())) {
      TrainingLoop loop =
          validation.in(
              new TrainingLoop(
                  training,
                  history,
                  new ReportedTraining(name(), progress),
                  Optional.of(checkpointing)));
      StepClock steps = StepClock.start(checkpointing.first(), training.iterations());
      AtomicReference<EndState> end = new AtomicReference<>();
      progress.cancellable(() -> end.set(train(loop, trainee, ahead, progress)));
      steps.stop(validation.seconds());
      ModelArchive.write(ExperimentFolders.modelIn(folder), card, trainee.trainer().weights());
      history.finish();
      Path lines = ExperimentFolders.historyIn(folder);
      HistoryCsv.write(lines, lines.resolveSibling(HistoryCsv.NAME));
      steps.write(folder, method.name());
      longer().keep(end.get(), folder, work);
      progress.waited(ahead.secondsWaited());
    }
  }

  /**
   * Trains, and reports a cancellation before the training ends: the process may end right after.
   */
  private EndState train(
      TrainingLoop loop, Trainee trainee, PrefetchedBatches ahead, StageProgress progress) {
    try {
      return loop.train(name(), trainee.trainer(), ahead);
    } catch (TrainingCancelled e) {
      progress.cancelled(e.iteration());
      throw e;
    }
  }

  private Trainee trainee(BatchSampling sampling, StageWork work) {
    Requirements required = method.requirements();
    int organs = required.needsLabels() ? data.organs().size() : 0;
    Trainer trainer = trainer(work.inputs());
    try {
      return teachers
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

  private InitialWeights initial() {
    return new InitialWeights(context.experiment(), stageKind().id() + " " + method.name());
  }

  private Trainer trainer(SortedMap<String, String> inputs) {
    Map<String, Tensor> initial = initial().read(inputs);
    Experiment experiment = context.experiment();
    Training training = data.training();
    Trainer trainer =
        method
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
                    OrganSizesStage.shares(context, method.requirements()),
                    effectiveTraining().deepSupervision(),
                    initial),
                method.options());
    try {
      initial().requireIn(trainer, initial);
    } catch (BadInputException e) {
      trainer.close();
      throw e;
    }
    return AveragedTrainer.of(trainer, training.weightAverage());
  }

  private TrainingCheckpoints checkpoints(SortedMap<String, String> inputs) {
    return new TrainingCheckpoints(context, name(), id(), inputs);
  }

  private LongerTraining longer() {
    Path folder = folderIn(context.folders());
    return new LongerTraining(context, id(), folder, data.training(), method);
  }

  /** The path for the history of a training that failed, which shows where the failure began. */
  private Path failedHistory() {
    return context.folders().logs().resolve(id().replace('/', '-') + ".history.failed.jsonl");
  }
}
