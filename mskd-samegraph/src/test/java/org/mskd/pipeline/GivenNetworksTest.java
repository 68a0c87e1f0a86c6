package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Method;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.Training;
import org.mskd.file.Sha256;
import org.mskd.file.VerifiedFiles;
import org.mskd.method.MskdMethod;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.models.GivenTeachers;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.RunSettings;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageGraph;
import org.mskd.pipeline.stage.StageRunner;
import org.mskd.pipeline.stages.StageContext;
import org.mskd.pipeline.stages.TeacherFileStage;
import org.mskd.pipeline.stages.TrainStage;
import org.mskd.problem.BadInputException;

/** Weights and networks of given teachers, alone and side by side. */
class GivenNetworksTest {
  private static final Preprocessing SLICES = new Preprocessing(32, -125, 275, List.of());
  private static final Network NETWORK = new Network(4, 2, Normalization.INSTANCE);

  @TempDir Path root;
  private SmallExperiment experiment;

  @BeforeEach
  void declare() {
    experiment = new SmallExperiment(root);
  }

  private Path give(String organ, Network network, Preprocessing slices, int inputSize) {
    Path file = root.resolve("given").resolve(organ + ".mskd");
    ModelCard card =
        new ModelCard(
            ModelKind.TEACHER,
            network,
            List.of(organ),
            slices,
            inputSize,
            1,
            new TreeMap<>(),
            List.of());
    SmallExperiment.giveAs(file, card, 1);
    experiment.teachers.removeIf(teacher -> teacher.organ().equals(organ));
    experiment.teachers.add(new TeacherFile(organ, file));
    return file;
  }

  private void check() {
    new GivenTeachers(experiment.experiment()).check();
  }

  private BadInputException refused() {
    return assertThrows(BadInputException.class, this::check);
  }

  /** Its coordinates, and not the file's path in the local repository. */
  @Test
  void anArtifactIsNamedByItsCoordinates() {
    Path file = give("liver", NETWORK, SLICES, 32);
    Model model = ModelArchive.read(file);
    ModelArchive.write(file, model.card(), List.of(new Tensor("w", new long[1], new float[0])));
    experiment.teachers.set(0, new TeacherFile("liver", file, "org.h:liver-teacher:1.2"));
    String problem = refused().problem();
    assertTrue(problem.startsWith("org.h:liver-teacher:1.2, the teacher of liver, "), problem);
    give("liver", NETWORK, SLICES, 32);
    experiment.teachers.set(0, new TeacherFile("spleen", file, "org.h:liver-teacher:1.2"));
    assertEquals(
        "org.h:liver-teacher:1.2 is given as the teacher of spleen, but is one of liver.",
        refused().problem());
  }

  @Test
  void studentsOfATeacherDependOnItsCoordinates() {
    Path file = give("liver", NETWORK, SLICES, 32);
    experiment.methods.add(new Method("marginal", "marginal", new TreeMap<>()));
    assertEquals(List.of(), artifactsOf("mskd"));
    experiment.teachers.set(0, new TeacherFile("liver", file, "org.h:liver-teacher:1.2"));
    assertEquals(List.of("teacherArtifact.liver=org.h:liver-teacher:1.2"), artifactsOf("mskd"));
    // It has no teacher.
    assertEquals(List.of(), artifactsOf("marginal"));
    assertEquals(
        Map.of(),
        parameters(TrainStage.teacher(experiment.context(), "spleen"), "teacherArtifact"));
  }

  private List<String> artifactsOf(String student) {
    Method declared =
        experiment.methods.stream().filter(one -> one.name().equals(student)).findFirst().get();
    TrainStage stage = TrainStage.student(experiment.context(), declared);
    return parameters(stage, "teacherArtifact").entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .toList();
  }

  private static Map<String, String> parameters(TrainStage stage, String prefix) {
    Map<String, String> found = new TreeMap<>(stage.spec().parameters());
    found.keySet().removeIf(name -> !name.startsWith(prefix));
    return found;
  }

  @Test
  void weightsThatAreNotThoseOfTheCardsNetworkAreRefused() {
    Path file = give("liver", NETWORK, SLICES, 32);
    Model model = ModelArchive.read(file);
    ModelArchive.write(file, model.card(), List.of(new Tensor("w", new long[1], new float[0])));
    BadInputException e = refused();
    assertTrue(
        e.problem()
            .startsWith(
                file
                    + ", the teacher of liver, does not hold the weights of the network in its"
                    + " model card: it lacks decoder.0.conv1.bias and "),
        e.problem());
    assertTrue(e.remedy().contains("declare a <dataset> of liver"), e.remedy());
    List<Tensor> tensors = new ArrayList<>(model.tensors().values());
    tensors.get(3).values()[1] = Float.NaN;
    ModelArchive.write(file, model.card(), tensors);
    assertTrue(
        refused().problem().endsWith(": its " + tensors.get(3).name() + " holds NaN."),
        refused().problem());
  }

  @Test
  void aWiderNetworkMustFitTheLargestArray() {
    experiment.methods.set(
        0, MskdMethod.student("mine", Distillation.DEFAULT.withFeatureWeight(0)));
    Training t = Training.DEFAULT;
    experiment.preprocessing = new Preprocessing(1024, -125, 275, List.of());
    experiment.training =
        new Training(
            170, 1, 1, t.learningRate(), t.annotatedFraction(), 0, t.schedule(), t.optimizer(), 1);
    give("liver", NETWORK, experiment.preprocessing, 1024);
    check(); // 170 2^20 12 = 2139095040 < 2^31 - 1 = 2147483647
    Path file =
        give("liver", new Network(5, 2, Normalization.NONE), experiment.preprocessing, 1024);
    BadInputException e = refused();
    assertEquals(
        file
            + ", the teacher of liver, has baseChannels 5, which with <batchSize> 170 need an"
            + " array of 2673868800 values; at most 2^31 - 1 are possible.",
        e.problem());
  }

  @Test
  void featuresAreComparedWithTeachersOfEqualChannelsThatAreDeepEnough() {
    experiment.organs.clear();
    give("liver", new Network(4, 1, Normalization.NONE), SLICES, 32);
    give("spleen", new Network(4, 3, Normalization.INSTANCE), SLICES, 32);
    experiment.addImages("ct");
    check(); // features of level 1, which both have
    FeatureTerms deep = FeatureTerms.DEFAULT.atLevels(List.of(0, 2));
    experiment.methods.add(MskdMethod.student("deep", Distillation.DEFAULT.withFeatures(deep)));
    check(); // with the spleen's teacher alone
    give("spleen", new Network(8, 3, Normalization.INSTANCE), SLICES, 32);
    BadInputException e = refused();
    assertEquals(
        "Method deep compares features, but no teacher's can be compared with the student's: that"
            + " of liver has depth 1 (compared: level 2), that of spleen has baseChannels 8"
            + " (student: 4).",
        e.problem());
    assertTrue(e.remedy().startsWith("Set <featureLevel=1>, as for the first"), e.remedy());
    assertTrue(e.remedy().contains("<featureWeight> of 0"), e.remedy());
    experiment.methods.remove(1);
    check();
    give("liver", NETWORK, SLICES, 16);
    e = refused();
    assertTrue(e.problem().contains("that of liver has patchSize 16 (slices: 32)."), e.problem());
    assertTrue(e.remedy().startsWith("Set <baseChannels=8>, as for the first"), e.remedy());
    give("spleen", NETWORK, SLICES, 16);
    assertTrue(
        refused().remedy().startsWith("Give teachers of whole slices, or compare no features"));
    experiment.methods.set(
        0, MskdMethod.student("mine", Distillation.DEFAULT.withFeatureWeight(0)));
    check();
  }

  private TeacherFileStage stage() {
    return new TeacherFileStage(experiment.context(), experiment.teachers.get(0));
  }

  private void run(Stage stage) {
    try (EventLog events = EventLog.open(experiment.output())) {
      new StageRunner(new RunSettings(experiment.output(), events, new FileDigests()))
          .run(new StageGraph(List.of(stage)));
    }
  }

  /** The stage, with something that happens between its digests and its work. */
  private static Stage after(Runnable change, Stage stage) {
    return (Stage)
        Proxy.newProxyInstance(
            Stage.class.getClassLoader(),
            new Class<?>[] {Stage.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("run")) {
                change.run();
              }
              try {
                return method.invoke(stage, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void aFileThatChangesAfterItsDigestIsNotCopied() {
    experiment.testSet = Optional.empty();
    Path file = give("liver", NETWORK, SLICES, 32);
    Runnable change = () -> SmallExperiment.giveAs(file, ModelArchive.read(file).card(), 2);
    BadInputException e = assertThrows(BadInputException.class, () -> run(after(change, stage())));
    assertTrue(e.problem().startsWith(file + ", the teacher of liver, changed while"), e.problem());
    Path copy = ExperimentFolders.modelIn(experiment.context().folders().teacher("liver"));
    assertFalse(Files.exists(copy));
    run(stage());
    assertTrue(Files.exists(copy));
  }

  /** Such as by another build that fetches a snapshot meanwhile. */
  @Test
  void aFileThatWasReplacedAfterItsSignatureWasVerifiedIsNotUsed() throws IOException {
    experiment.testSet = Optional.empty();
    Path file = give("liver", NETWORK, SLICES, 32);
    VerifiedFiles verified = VerifiedFiles.NONE.with(file, Sha256.of(file));
    StageContext context =
        new StageContext(
            experiment.experiment(),
            new ExperimentFolders(experiment.output()),
            1,
            experiment.environment,
            RunOptions.DEFAULT.verifying(verified));
    Stage stage = new TeacherFileStage(context, experiment.teachers.get(0));
    run(stage);
    SmallExperiment.giveAs(file, ModelArchive.read(file).card(), 2);
    BadInputException e = assertThrows(BadInputException.class, () -> run(stage));
    assertEquals(file + " has changed since its signature was verified.", e.problem());
    run(stage()); // without trusted keys
  }

  @Test
  void ofARefusedCopyNothingIsLeftAndTheOriginalIsNamed() throws IOException {
    experiment.testSet = Optional.empty();
    Path file = give("liver", NETWORK, SLICES, 32);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    BadInputException e = assertThrows(BadInputException.class, () -> run(stage()));
    assertTrue(e.problem().startsWith(file.toString()), e.problem());
    assertFalse(e.problem().contains(experiment.output().toString()), e.problem());
    Path copy = ExperimentFolders.modelIn(experiment.context().folders().teacher("liver"));
    assertFalse(Files.exists(copy));
  }
}
