package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.mskd.code.ResultNeutral;
import org.mskd.evaluation.TimingsFile;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Method;
import org.mskd.experiment.Training;
import org.mskd.method.ConfiguredMethod;
import org.mskd.method.Methods;
import org.mskd.method.TeacherMethod;
import org.mskd.model.ModelKind;
import org.mskd.option.OptionValues;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Checkpoints;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.prediction.HeldOutDice;

/**
 * Trains one network, teacher or student, by its method, on prepared slices, and writes a model
 * archive.
 */
public final class TrainStage implements Stage {
  private final StageContext context;
  private final ConfiguredMethod method;
  private final TrainedNetwork network;

  private TrainStage(TrainedNetwork network) {
    this.context = network.context();
    this.method = network.method();
    this.network = network;
  }

  /** The teacher of one organ. The code of its method is part of the stage's inputs. */
  @ResultNeutral
  public static TrainStage teacher(StageContext context, String organ) {
    TeacherMethod method = new TeacherMethod();
    OptionValues options = OptionValues.defaults(method.options());
    return new TrainStage(
        new TrainedNetwork(
            context,
            ModelKind.TEACHER,
            new ConfiguredMethod(organ, method, options),
            TrainingData.ofTeacher(context, organ)));
  }

  /** A student. The code of its method is part of the stage's inputs. */
  @ResultNeutral
  public static TrainStage student(StageContext context, Method declared) {
    ConfiguredMethod method = Methods.installed().of(declared);
    TrainingData data = TrainingData.of(context, method.requirements());
    return new TrainStage(new TrainedNetwork(context, ModelKind.STUDENT, method, data));
  }

  static String teacherId(String organ) {
    return StageKind.TEACHER.id() + "/" + organ;
  }

  static String studentId(String name) {
    return StageKind.STUDENT.id() + "/" + name;
  }

  @Override
  public String name() {
    return network.name();
  }

  @Override
  public String id() {
    return network.id();
  }

  @Override
  public int steps() {
    return training().iterations();
  }

  @Override
  public List<Path> outputs() {
    return List.of(folder());
  }

  @Override
  public StageSpec spec() {
    StageSpec spec =
        network
            .data()
            .in(context.tensorSpec(id(), network.stageKind(), code()))
            .with("method", method.method().id())
            .with("options", ExperimentJson.write(method.effective().texts()))
            .with("network", ExperimentJson.write(context.experiment().network()))
            .with(Continuation.TRAINING, ExperimentJson.write(network.effectiveTraining()));
    StageSpec begun = network.initial().in(spec);
    StageSpec sized = OrganSizesStage.in(context, begun, method.requirements());
    StageSpec all = network.scored().map(subjects -> subjects.in(sized)).orElse(sized);
    return network.teachers().map(targets -> targets.in(all)).orElse(all);
  }

  /** The scores on held-out subjects are part of the result where there are some. */
  private Class<?>[] code() {
    return network.scored().isPresent()
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
    new NetworkTraining(network, work).run(checkpoints(work.inputs()), longer());
  }

  @ResultNeutral
  private void warnOfNoForcedSlot(StageProgress progress) {
    Training training = training();
    if (training.annotatedFraction() > 0 && training.forcedSlots() == 0) {
      progress.warn(
          "With <batchSize> %d an <annotatedFraction> of %s is less than half a slice: no slot of"
                  .formatted(training.batchSize(), training.annotatedFraction())
              + " a batch is forced to contain an organ.");
    }
  }

  private Training training() {
    return network.data().training();
  }

  private Path folder() {
    return network.folderIn(context.folders());
  }

  private TrainingCheckpoints checkpoints(SortedMap<String, String> inputs) {
    return new TrainingCheckpoints(context, name(), id(), inputs);
  }

  private LongerTraining longer() {
    return new LongerTraining(context, id(), folder(), training(), method);
  }
}
