package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.architecture.UNet2d;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.InitialModel;
import org.mskd.experiment.Method;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.Training;
import org.mskd.file.Sha256;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.model.WeightShapes;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.plan.ExperimentPlan;
import org.mskd.pipeline.plan.ExperimentStatus;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;
import org.mskd.training.TrainingCancelled;

/** Trainings that begin with the weights of a given model. */
class InitialModelsTest {
  private static final Training TRAINING =
      new Training(2, 2, 1, 1e-2, 0.5, 0, Plateau.SOURCE, Adam.PLAIN, 1);

  /** So small that no weight changes by its last bit. */
  private static final Training STILL = TRAINING.toBuilder().learningRate(1e-30).build();

  private static final List<Method> MARGINAL =
      List.of(new Method("marginal", "marginal", new TreeMap<>()));

  @TempDir Path root;
  private Path file;

  @BeforeEach
  void name() {
    file = root.resolve("initial.mskd");
  }

  private PhantomExperiment experiment(String name, Training training) {
    return new PhantomExperiment(
        root.resolve(name), training, TeacherOutputs.LIVE, RunOptions.DEFAULT);
  }

  private static WorkerRequest begun(WorkerRequest request, InitialModel... models) {
    return request.withExperiment(
        request.experiment().orElseThrow().toBuilder().initialModels(List.of(models)).build());
  }

  private WorkerRequest teachers(PhantomExperiment experiment) {
    return begun(experiment.request(Goal.TRAIN_TEACHERS), InitialModel.ofTeacher("liver", file));
  }

  private static Path teacher(PhantomExperiment experiment) {
    return experiment.output().resolve("teachers/liver/model.mskd");
  }

  /** Trains a teacher of the liver, and gives it to others. */
  private Model trained() throws IOException {
    PhantomExperiment before = experiment("before", TRAINING);
    StageRuns.run(before.request(Goal.TRAIN_TEACHERS));
    Files.copy(teacher(before), file);
    return ModelArchive.read(file);
  }

  /** Writes a model whose weights are 0. */
  private void write(
      ModelKind kind, Network network, List<String> organs, List<Map<String, Object>> subjects) {
    List<Tensor> tensors = new ArrayList<>();
    new WeightShapes(UNet2d.of(network, organs.size() + 1))
        .byName()
        .forEach(
            (name, shape) -> {
              int count =
                  (int)
                      Stream.of(shape)
                          .flatMapToLong(java.util.Arrays::stream)
                          .reduce(1, (a, b) -> a * b);
              tensors.add(new Tensor(name, shape, new float[count]));
            });
    Experiment any = experiment("any", TRAINING).request(Goal.RUN).experiment().orElseThrow();
    ModelArchive.write(
        file,
        new ModelCard(
            kind,
            network,
            organs,
            any.preprocessing(),
            any.inputSize(),
            1,
            new TreeMap<>(),
            subjects),
        tensors);
  }

  private static String status(WorkerRequest request) {
    return ExperimentStatus.of(request).stream()
        .filter(stage -> stage.id().equals("teacher/liver"))
        .map(stage -> stage.outcome() + " " + stage.reason())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTeacherBeginsWithTheGivenWeights() throws IOException {
    Model initial = trained();
    PhantomExperiment random = experiment("random", STILL);
    StageRuns.run(random.request(Goal.TRAIN_TEACHERS));
    assertNotEquals(initial.tensors(), ModelArchive.read(teacher(random)).tensors());
    PhantomExperiment still = experiment("still", STILL);
    StageRuns.run(teachers(still));
    Model found = ModelArchive.read(teacher(still));
    assertEquals(initial.tensors(), found.tensors());
    assertEquals(Sha256.of(file), found.card().provenance().get("initialModel"));
    assertEquals(initial.card().subjects(), found.card().subjects(), "the same scans, each once");
  }

  @Test
  void itResumesToTheBytesOfOneThatWasNotCancelled() throws IOException {
    trained();
    PhantomExperiment undisturbed = experiment("undisturbed", TRAINING);
    StageRuns.run(teachers(undisturbed));
    PhantomExperiment cancelled = experiment("cancelled", TRAINING);
    assertThrows(TrainingCancelled.class, () -> StageRuns.cancelled(teachers(cancelled)));
    List<Event> events = StageRuns.run(teachers(cancelled));
    assertTrue(events.contains(new Event.Resumed("teacher liver", 1, 2)), events::toString);
    assertArrayEquals(
        Files.readAllBytes(teacher(undisturbed)), Files.readAllBytes(teacher(cancelled)));
  }

  @Test
  void anotherFileTrainsAgain() throws IOException {
    trained();
    PhantomExperiment experiment = experiment("stale", TRAINING);
    StageRuns.run(teachers(experiment));
    assertEquals("UP_TO_DATE ", status(teachers(experiment)));
    Files.move(file, root.resolve("aside"));
    write(ModelKind.TEACHER, PhantomExperiment.NETWORK, List.of("liver"), List.of());
    assertEquals("RUN initialModel changed", status(teachers(experiment)));
    assertTrue(
        status(experiment.request(Goal.TRAIN_TEACHERS)).startsWith("RUN initialModel is gone"));
    Files.move(root.resolve("aside"), file, StandardCopyOption.REPLACE_EXISTING);
    assertEquals("UP_TO_DATE ", status(teachers(experiment)));
  }

  @Test
  void aStudentBeginsWithTheGivenWeights() throws IOException {
    PhantomExperiment before = experiment("student before", TRAINING);
    StageRuns.run(before.request(Goal.DISTILL, MARGINAL));
    Files.copy(before.output().resolve("methods/marginal/model.mskd"), file);
    PhantomExperiment still = experiment("student", STILL);
    StageRuns.run(
        begun(still.request(Goal.DISTILL, MARGINAL), InitialModel.ofStudent("marginal", file)));
    assertEquals(
        ModelArchive.read(file).tensors(),
        ModelArchive.read(still.output().resolve("methods/marginal/model.mskd")).tensors());
  }

  /** What it was trained on before counts, too. */
  @Test
  void theCardHasTheScansOfBothTrainings() throws IOException {
    write(
        ModelKind.TEACHER,
        PhantomExperiment.NETWORK,
        List.of("liver"),
        List.of(Map.of("voxelDigest", "other")));
    PhantomExperiment experiment = experiment("both", TRAINING);
    StageRuns.run(teachers(experiment));
    List<Map<String, Object>> subjects = ModelArchive.readCard(teacher(experiment)).subjects();
    assertEquals(3, subjects.size());
    assertEquals("other", subjects.get(2).get("voxelDigest"));
  }

  @Test
  void aScanOfTheTestSetIsRefused() throws IOException {
    PhantomExperiment experiment = experiment("seen", TRAINING);
    StageRuns.run(experiment.request(Goal.PREPARE));
    Path test = experiment.output().resolve("prepared").resolve(PreparedSet.TEST);
    String digest = SliceStore.subject(PreparedSet.read(test).stores().get(0)).voxelDigest();
    write(
        ModelKind.TEACHER,
        PhantomExperiment.NETWORK,
        List.of("liver"),
        List.of(Map.of("voxelDigest", digest)));
    String message =
        assertThrows(BadInputException.class, () -> StageRuns.run(teachers(experiment)))
            .getMessage();
    assertTrue(message.startsWith(file + ", the initial model of teacher liver, was trained on "));
    assertTrue(message.contains("of the test set: their voxels are equal."), message);
  }

  @Test
  void aHeldOutSubjectIsReported() throws IOException {
    trained();
    WorkerRequest request = teachers(experiment("held out", TRAINING));
    List<Event> events = StageRuns.run(PhantomExperiment.holdingOut(request));
    assertTrue(
        events.stream()
            .map(Event::toString)
            .anyMatch(
                text ->
                    text.contains(
                        "The initial model of teacher liver (initial.mskd) was trained on 1 of the"
                            + " held-out subjects: its scores, and those of its students, are too"
                            + " high on them.")),
        events::toString);
  }

  private void assertRefused(String... parts) {
    WorkerRequest request = teachers(experiment("refused", TRAINING));
    String message =
        assertThrows(BadInputException.class, () -> ExperimentPlan.of(request)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message + " lacks " + part);
    }
  }

  @Test
  void aModelOfAnotherNetworkIsRefusedBeforeAnyWork() throws IOException {
    assertRefused(file + " is missing", "the initial model of teacher liver");
    write(ModelKind.TEACHER, PhantomExperiment.NETWORK, List.of("spleen"), List.of());
    assertRefused(
        file + ", the initial model of teacher liver, has organs [spleen] (declared: [liver]).");
    write(ModelKind.TEACHER, new Network(8, 1, Normalization.NONE), List.of("liver"), List.of());
    assertRefused(
        "baseChannels 8 (declared: 4)",
        "depth 1 (declared: 2)",
        "normalization NONE (declared: INSTANCE)",
        "Give a model of the same network and organs");
    Files.writeString(file, "no model");
    assertRefused(file.toString());
  }

  @Test
  void weightsThatAreNotTheCardsAreRefused() {
    Experiment any = experiment("any", TRAINING).request(Goal.RUN).experiment().orElseThrow();
    ModelArchive.write(
        file,
        new ModelCard(
            ModelKind.TEACHER,
            PhantomExperiment.NETWORK,
            List.of("liver"),
            any.preprocessing(),
            any.inputSize(),
            1,
            new TreeMap<>(),
            List.of()),
        List.of(new Tensor("w", new long[] {1}, new float[] {1})));
    assertRefused("damaged weights: it lacks ");
  }

  @Test
  void aMethodOfAnotherArchitectureIsRefused() {
    write(ModelKind.STUDENT, PhantomExperiment.NETWORK, List.of("liver", "spleen"), List.of());
    WorkerRequest request =
        experiment("conditional", TRAINING)
            .request(
                Goal.DISTILL, List.of(new Method("conditional", "conditional", new TreeMap<>())));
    String message =
        assertThrows(
                BadInputException.class,
                () ->
                    ExperimentPlan.of(begun(request, InitialModel.ofStudent("conditional", file))))
            .getMessage();
    assertTrue(message.contains("network unet-2d (declared: "), message);
  }

  @Test
  void aNetworkThatIsNotTrainedIsRefused() {
    WorkerRequest request = experiment("names", TRAINING).request(Goal.TRAIN_TEACHERS);
    for (InitialModel initial :
        List.of(
            InitialModel.ofTeacher("spleen", file), // given
            InitialModel.ofTeacher("kidney", file),
            InitialModel.ofStudent("liver", file))) {
      String message =
          assertThrows(BadInputException.class, () -> begun(request, initial)).getMessage();
      assertTrue(message.contains("<initialModel>") && message.contains(initial.name()), message);
    }
  }

  @Test
  void aModelInTheOutputDirectoryIsRefused() throws IOException {
    trained();
    PhantomExperiment experiment = experiment("before", TRAINING);
    file = teacher(experiment);
    WorkerRequest request = teachers(experiment);
    String message =
        assertThrows(
                BadInputException.class, () -> org.mskd.pipeline.plan.FolderCheck.check(request))
            .getMessage();
    assertTrue(message.contains("the <initialModel> of teacher liver"), message);
  }
}
