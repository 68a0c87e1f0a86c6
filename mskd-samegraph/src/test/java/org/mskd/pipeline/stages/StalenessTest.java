package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mskd.experiment.Adam;
import org.mskd.experiment.AugmentationKind;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Evaluation;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.KeptComponents;
import org.mskd.experiment.Method;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.Preset;
import org.mskd.experiment.Schedule;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.Training;
import org.mskd.method.MskdMethod;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.pipeline.plan.ExperimentStatus;
import org.mskd.pipeline.plan.FinishedRun;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.StageForecast;

/**
 * The stages that each change makes run again: the real plan, inputs, stamps and runner, with
 * stages that only write a digest of their inputs.
 */
class StalenessTest {
  private static final List<String> NONE = List.of();
  private static final String STORE = "store/encoder-1-sorted";
  private static final List<String> NETWORKS =
      List.of(
          "teacher/liver",
          "teacher/spleen",
          STORE,
          "student/mskd",
          "evaluate/teachers",
          "evaluate/mskd",
          "metrics");
  private static final List<String> ALL =
      Stream.concat(
              Stream.of("prepare/liver", "prepare/spleen", "prepare-test", "compare-sets"),
              NETWORKS.stream())
          .toList();
  private static final List<String> LIVER =
      List.of(
          "prepare/liver",
          "prepare-test",
          "compare-sets",
          "teacher/liver",
          STORE,
          "student/mskd",
          "evaluate/teachers",
          "evaluate/mskd",
          "metrics");
  private static final List<String> TEST =
      List.of("prepare-test", "compare-sets", "evaluate/teachers", "evaluate/mskd", "metrics");

  @TempDir Path root;
  private final List<String> ran = new ArrayList<>();

  private static Training patches(int size) {
    Training t = Training.DEFAULT;
    return new Training(
        t.batchSize(),
        t.iterationsPerEpoch(),
        t.epochs(),
        t.learningRate(),
        t.annotatedFraction(),
        size,
        t.schedule(),
        t.optimizer(),
        t.augmentationStrength());
  }

  private static Method method(String name, double featureWeight) {
    return MskdMethod.student(name, Distillation.DEFAULT.withFeatureWeight(featureWeight));
  }

  private List<String> run(SmallExperiment experiment) {
    return run(experiment, () -> {});
  }

  private List<String> run(SmallExperiment experiment, Runnable meanwhile) {
    ran.clear();
    WorklessStage.run(experiment, ran, meanwhile);
    return List.copyOf(ran);
  }

  /** As in Maven's own JVM, whose class path has no tensors. */
  @Test
  void allUpToDateIsFoundWithoutTensors() throws Exception {
    SmallExperiment experiment = new SmallExperiment(root);
    String request = ExperimentJson.write(experiment.request(Goal.DISTILL));
    URL[] classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(path -> !path.matches(".*(nd4j|javacpp|openblas|dnnl).*"))
            .map(StalenessTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader without =
        new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
      assertThrows(
          ClassNotFoundException.class,
          () -> without.loadClass("org.nd4j.linalg.api.ndarray.INDArray"));
      assertEquals(Optional.empty(), finished(without, request));
      run(experiment);
      // Without the evaluation, whose scores do not exist.
      List<?> events = (List<?>) finished(without, request).orElseThrow();
      assertEquals(ALL.size() - 3, events.size(), events.toString());
      experiment.write("liver/labelsTr/a.nii", "new");
      assertEquals(Optional.empty(), finished(without, request));
    }
  }

  /** If only the time of a file changed, the run that reads it again saves its digest. */
  @Test
  void aRunThatFindsAllUpToDateSavesItsDigests() throws IOException {
    SmallExperiment experiment = new SmallExperiment(root);
    run(experiment);
    Path image = root.resolve("spleen/imagesTr/c.nii");
    Files.setLastModifiedTime(image, FileTime.fromMillis(1_000_000));
    assertTrue(FinishedRun.of(experiment.request(Goal.DISTILL)).isPresent());
    FileTime time = Files.getLastModifiedTime(image);
    Files.writeString(
        image, "voxels of spleen/imagesTr/X.nii"); // same length: only reading it shows the change
    Files.setLastModifiedTime(image, time);
    assertTrue(FinishedRun.of(experiment.request(Goal.DISTILL)).isPresent(), "it was read again");
  }

  private static Optional<?> finished(ClassLoader loader, String request) throws Exception {
    Class<?> type = loader.loadClass(WorkerRequest.class.getName());
    Object parsed =
        loader
            .loadClass(ExperimentJson.class.getName())
            .getMethod("read", String.class, Class.class)
            .invoke(null, request, type);
    java.lang.reflect.Method of =
        loader.loadClass(FinishedRun.class.getName()).getMethod("of", type);
    return (Optional<?>) of.invoke(null, parsed);
  }

  private static URL url(String path) {
    try {
      return Path.of(path).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }

  @FunctionalInterface
  interface Change {
    void to(SmallExperiment experiment) throws IOException;
  }

  private static Arguments change(String what, Change change, List<String> again) {
    return arguments(what, change, again);
  }

  static List<Arguments> changes() {
    return List.of(
        change("nothing", e -> {}, NONE),
        change(
            "order of the organs",
            e -> Collections.reverse(e.organs),
            List.of(
                "prepare-test",
                "compare-sets",
                STORE,
                "student/mskd",
                "evaluate/teachers",
                "evaluate/mskd",
                "metrics")),
        change(".hdr of a pair", e -> e.write("liver/imagesTr/a.hdr", "new"), LIVER),
        change(".img of a pair", e -> e.write("liver/imagesTr/a.img", "new"), LIVER),
        change("a label", e -> e.write("liver/labelsTr/a.nii", "new"), LIVER),
        change(
            "a new subject", e -> e.subject("liver/imagesTr/n.nii", "liver/labelsTr/n.nii"), LIVER),
        change("labelValues", e -> e.liverValues = List.of(1, 2), LIVER),
        change("window", e -> e.preprocessing = new Preprocessing(32, -100, 275, List.of()), ALL),
        change("sliceSize", e -> e.preprocessing = new Preprocessing(64, -125, 275, null), ALL),
        change("threads", e -> e.threads = 3, NETWORKS),
        change("natives", e -> e.environment.put("dnnl", "4"), NETWORKS),
        change("seed", e -> e.seed = 2, NETWORKS),
        change("network", e -> e.network = new Network(8, 2, Normalization.INSTANCE), NETWORKS),
        change(
            "training",
            e ->
                e.training =
                    new Training(
                        4,
                        250,
                        4,
                        1e-3,
                        0.33,
                        0,
                        new Plateau(0.8, 0, 1e-3, PlateauSignal.EPOCH),
                        Adam.PLAIN,
                        1),
            NETWORKS),
        change(
            "augmentationKind",
            e -> e.training = Training.DEFAULT.with(AugmentationKind.FULL),
            NETWORKS),
        change("preset nnunet", e -> e.training = Preset.NNUNET.training(), NETWORKS),
        change("schedule", e -> e.training = e.training.with(new Schedule.Cosine()), NETWORKS),
        change(
            "epochs of the students",
            e -> e.training = e.training.toBuilder().studentEpochs(5).build(),
            List.of(STORE, "student/mskd", "evaluate/mskd", "metrics")),
        change(
            "epochs of the students, set to as many as they had",
            e -> e.training = e.training.toBuilder().studentEpochs(4).build(),
            NONE),
        change(
            "patchSize, with which nothing is stored",
            e -> e.training = patches(16),
            List.of(
                "teacher/liver",
                "teacher/spleen",
                "student/mskd",
                "evaluate/teachers",
                "evaluate/mskd",
                "metrics")),
        change(
            "teachers' outputs live",
            e -> e.teacherOutputs = TeacherOutputs.LIVE,
            List.of("student/mskd", "evaluate/mskd", "metrics")),
        change(
            "maxStore, which is too small now",
            e -> e.teacherOutputs = new TeacherOutputs(TeacherOutputs.Mode.STORED, 1),
            List.of(STORE, "student/mskd", "evaluate/mskd", "metrics")),
        change(
            "a method added that needs a store of its own",
            e -> e.methods.add(method("mskd-logits", 0)),
            List.of("store/logits", "student/mskd-logits", "evaluate/mskd-logits", "metrics")),
        change(
            "a method added that shares the store",
            e -> e.methods.add(method("mine", 9)),
            List.of("student/mine", "evaluate/mine", "metrics")),
        change(
            "a store that no student needs any more, deleted",
            e -> Files.delete(e.output().resolve("stores/encoder-1-sorted/teachers.targets")),
            NONE),
        change(
            "a store deleted that a student needs",
            e -> {
              Files.delete(e.output().resolve("stores/encoder-1-sorted/teachers.targets"));
              e.methods.set(0, method("mine", 9));
            },
            List.of(STORE, "student/mine", "evaluate/mine", "metrics")),
        change(
            "a method of another name",
            e -> e.methods.set(0, method("mine", 10)),
            List.of("student/mine", "evaluate/mine", "metrics")),
        change(
            "distillation",
            e -> e.methods.set(0, MskdMethod.student(Distillation.DEFAULT.withFeatureWeight(9))),
            List.of("student/mskd", "evaluate/mskd", "metrics")),
        change(
            "the tolerance of surface Dice",
            e -> e.evaluation = new Evaluation(3, List.of()),
            List.of("evaluate/teachers", "evaluate/mskd", "metrics")),
        change(
            "kept components",
            e -> e.evaluation = new Evaluation(2, List.of(new KeptComponents("liver", 1))),
            List.of("evaluate/teachers", "evaluate/mskd", "metrics")),
        change("test labels", e -> e.testSet = Optional.of(e.testSet("multi", 1, 3)), TEST),
        change("a test image", e -> e.write("multi/imagesTs/t.nii", "new"), TEST),
        change(
            "a removed test case",
            e -> {
              Files.delete(e.root.resolve("multi/imagesTs/t.nii"));
              Files.delete(e.root.resolve("multi/labelsTs/t.nii"));
            },
            TEST),
        change(
            "the test set's name, which the metrics hold",
            e -> {
              Files.move(e.root.resolve("multi"), e.root.resolve("other"));
              e.testSet = Optional.of(e.testSet("other", 1, 2));
            },
            List.of("metrics")),
        change(
            "the place of a training set",
            e -> {
              Files.move(e.root.resolve("liver"), e.root.resolve("elsewhere"));
              e.liverFolder = "elsewhere";
            },
            NONE),
        change(
            "the time of a file alone",
            e ->
                Files.setLastModifiedTime(
                    e.root.resolve("spleen/imagesTr/c.nii"), FileTime.fromMillis(0)),
            NONE),
        change(
            "a lost model, trained to the same weights again",
            e -> Files.delete(e.output().resolve("teachers/liver/made")),
            List.of("teacher/liver")),
        change(
            "a file added to the predictions, which no stage recorded",
            e -> e.write("out/predictions/mskd/mine.nii.gz", "the user's"),
            NONE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void aChangeRunsWhatDependsOnItAndNothingElse(String what, Change change, List<String> again)
      throws IOException {
    SmallExperiment experiment = new SmallExperiment(root);
    assertEquals(ALL, run(experiment));
    change.to(experiment);
    List<StageForecast> forecasts = ExperimentStatus.of(experiment.request(Goal.RUN));
    assertEquals(again, run(experiment), what);
    requireTrue(forecasts, again);
    assertEquals(NONE, run(experiment), "now all is up to date");
  }

  /** A student without teachers; the epochs of the other networks change. */
  @Test
  void aStudentDoesNotDependOnTheEpochsOfTeachers() {
    SmallExperiment experiment = new SmallExperiment(root);
    experiment.methods.add(new Method("marginal", "marginal", new TreeMap<>()));
    run(experiment);
    experiment.training = Training.DEFAULT.toBuilder().epochs(8).studentEpochs(4).build();
    assertEquals(NETWORKS, run(experiment));
  }

  /** The predicted stages ran; there is no prediction for stages that depend on others. */
  private static void requireTrue(List<StageForecast> forecasts, List<String> ran) {
    for (StageForecast forecast : forecasts) {
      if (forecast.outcome() != StageForecast.Outcome.DEPENDS) {
        assertEquals(
            ran.contains(forecast.id()),
            forecast.outcome() != StageForecast.Outcome.UP_TO_DATE,
            forecast::toString);
      }
    }
    assertTrue(
        forecasts.stream().map(StageForecast::id).toList().containsAll(ran), forecasts::toString);
  }

  /** Spleen's teacher is given, kidney has a given teacher only, and there are loose images. */
  private SmallExperiment withGivenParts() {
    SmallExperiment experiment = new SmallExperiment(root);
    experiment.give("spleen", 1);
    experiment.give("kidney", 1);
    experiment.addImages("ct");
    experiment.methods.add(method("mskd-logits", 0));
    return experiment;
  }

  private static final List<String> STUDENTS =
      List.of(
          "foreground/ct",
          STORE,
          "store/logits",
          "student/mskd",
          "student/mskd-logits",
          "evaluate/teachers",
          "evaluate/mskd",
          "evaluate/mskd-logits",
          "metrics");

  static List<Arguments> changesOfGivenParts() {
    return List.of(
        change("nothing", e -> {}, NONE),
        change("a teacher's file", e -> e.give("kidney", 2), withTeacher("kidney")),
        change(
            "the place of a teacher's file",
            e -> {
              Path elsewhere = e.root.resolve("elsewhere.mskd");
              Files.move(e.root.resolve("given/kidney.mskd"), elsewhere);
              e.teachers.set(1, new TeacherFile("kidney", elsewhere));
            },
            NONE),
        change(
            "a teacher that is no longer given",
            e -> e.teachers.remove(0),
            Stream.concat(Stream.of("teacher/spleen"), STUDENTS.stream()).toList()),
        change(
            "an unlabelled volume",
            e -> e.write("ct/z.nii", "voxels of z"),
            Stream.concat(
                    Stream.of(
                        "prepare/ct",
                        "prepare-test",
                        "compare-sets",
                        "teacher/spleen",
                        "teacher/kidney"),
                    STUDENTS.stream())
                .toList()),
        change(
            "an unlabelled source",
            e -> e.addImages("more"),
            List.of(
                "prepare/more",
                "prepare-test",
                "compare-sets",
                "teacher/spleen",
                "teacher/kidney",
                "foreground/more",
                STORE,
                "store/logits",
                "student/mskd",
                "student/mskd-logits",
                "evaluate/teachers",
                "evaluate/mskd",
                "evaluate/mskd-logits",
                "metrics")),
        change(
            "λ2 of one method",
            e -> e.methods.set(0, method("mskd", 9)),
            List.of("student/mskd", "evaluate/mskd", "metrics")),
        change(
            "what cannot matter in one of two methods",
            e ->
                e.methods.replaceAll(
                    m -> {
                      SortedMap<String, String> options = new TreeMap<>(m.options());
                      options.put("featureLevel", "0");
                      options.put("maskDownsampling", "max");
                      return new Method(m.name(), m.type(), options);
                    }),
            List.of("store/encoder-0-sorted", "student/mskd", "evaluate/mskd", "metrics")),
        change("order of the methods", e -> Collections.reverse(e.methods), List.of("metrics")),
        change("a method less", e -> e.methods.remove(1), List.of("metrics")),
        change(
            "patchSize",
            e -> {
              e.training = patches(16);
              e.give("spleen", 1);
              e.give("kidney", 1);
            },
            Stream.concat(
                    Stream.of("teacher/spleen", "teacher/kidney", "teacher/liver"),
                    STUDENTS.stream().filter(stage -> !stage.startsWith("store/")))
                .toList()));
  }

  private static List<String> withTeacher(String organ) {
    return Stream.concat(Stream.of("teacher/" + organ), STUDENTS.stream()).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changesOfGivenParts")
  void aChangeOfAGivenPartRunsWhatDependsOnItAndNothingElse(
      String what, Change change, List<String> again) throws IOException {
    SmallExperiment experiment = withGivenParts();
    assertEquals(17, run(experiment).size(), ran::toString);
    change.to(experiment);
    List<StageForecast> forecasts = ExperimentStatus.of(experiment.request(Goal.RUN));
    assertEquals(again, run(experiment), what);
    requireTrue(forecasts, again);
    assertEquals(NONE, run(experiment), "now all is up to date");
  }

  /**
   * Given teachers stay as they are, but may be comparable with one student and not with another.
   */
  @Test
  void aStoreDependsOnHowGivenTeachersDifferFromTheStudent() {
    SmallExperiment experiment = withGivenParts();
    experiment.give("liver", 1);
    Network narrow = experiment.network;
    experiment.network = new Network(8, 2, Normalization.INSTANCE);
    experiment.give("kidney", 1);
    Network wide = experiment.network;
    experiment.network = narrow;
    run(experiment);
    experiment.network = wide;
    run(experiment);
    assertTrue(ran.contains(STORE), ran::toString);
    assertFalse(ran.contains("store/logits"), "logits do not depend on the channels: " + ran);
    experiment.network = experiment.network.withNeighbours(new Neighbours(1, 0));
    run(experiment);
    assertTrue(ran.containsAll(List.of(STORE, "store/logits")), ran::toString);
  }

  @Test
  void leavingOutAMethodDeletesNoneOfItsFiles() throws IOException {
    SmallExperiment experiment = new SmallExperiment(root);
    experiment.methods.add(method("mine", 9));
    run(experiment);
    Path predictions = experiment.output().resolve("predictions/mine/made");
    byte[] before = Files.readAllBytes(predictions);
    FileTime time = Files.getLastModifiedTime(predictions);
    experiment.methods.remove(1);
    assertEquals(List.of("metrics"), run(experiment), "its scores are left out");
    assertArrayEquals(before, Files.readAllBytes(predictions));
    experiment.methods.add(method("mine", 9));
    assertEquals(List.of("metrics"), run(experiment), "nothing is predicted again");
    assertEquals(time, Files.getLastModifiedTime(predictions));
    experiment.methods.add(method("other", 8));
    assertEquals(
        List.of("student/other", "evaluate/other", "metrics"),
        run(experiment),
        "the method that was added, and no other");
    assertEquals(time, Files.getLastModifiedTime(predictions));
  }

  private static Training learning(int iterations, double rate, double strength) {
    Training t = Training.DEFAULT;
    return new Training(4, iterations, 1, rate, 0.33, 0, t.schedule(), t.optimizer(), strength);
  }

  /** With unchanged teachers, a store is made again only if other slices are sampled. */
  @Test
  void aStoreDoesNotDependOnTheStudentsOptimizer() {
    SmallExperiment experiment = new SmallExperiment(root);
    experiment.training = learning(10, 1e-3, 1);
    experiment.give("liver", 1);
    experiment.give("spleen", 1);
    run(experiment);
    List<String> student = List.of("student/mskd", "evaluate/mskd", "metrics");
    experiment.training = learning(10, 1e-4, 1);
    assertEquals(student, run(experiment), "another learning rate");
    experiment.training = learning(10, 1e-4, 0.5);
    assertEquals(student, run(experiment), "another augmentation");
    experiment.training = learning(11, 1e-4, 0.5);
    assertEquals(
        List.of(STORE, "student/mskd", "evaluate/mskd", "metrics"),
        run(experiment),
        "another number of steps");
  }

  @Test
  void aFileThatChangesDuringAStageRunsItAgain() {
    SmallExperiment experiment = new SmallExperiment(root);
    run(
        experiment,
        () -> {
          if (ran.get(ran.size() - 1).equals("prepare/liver")) {
            experiment.write("liver/imagesTr/a.img", "changed while liver was prepared");
          }
        });
    assertEquals(LIVER, run(experiment));
  }

  @Test
  void otherPhantomsRunAllThatUsesThem() {
    SmallExperiment experiment = new SmallExperiment(root);
    Path folder = root.resolve("phantoms");
    experiment.phantoms = Optional.of(Phantoms.defaultsIn(folder));
    assertEquals("phantoms", run(experiment).get(0));
    assertEquals(NONE, run(experiment));
    experiment.phantoms =
        Optional.of(new Phantoms(folder, Phantoms.KNOWN_ORGANS, 3, 4, 128, 32, 2021));
    assertEquals(List.of("phantoms"), run(experiment), "no set of this one lies there");
  }

  @Test
  void noOrganSharesAStampWithAnotherStage() throws IOException {
    SmallExperiment experiment = new SmallExperiment(root);
    for (String organ : List.of("test-set", "mskd", "evaluate")) {
      experiment.organs.add(organ);
      experiment.subject(organ + "/imagesTr/x.nii", organ + "/labelsTr/x.nii");
    }
    List<String> stages = run(experiment);
    assertEquals(
        17,
        stages.size(),
        "5 prepared, 5 teachers, and test set, comparison, store, student, 2 models evaluated,"
            + " metrics");
    assertEquals(NONE, run(experiment));
    try (Stream<Path> stamps = Files.walk(experiment.output().resolve("stages"))) {
      assertEquals(stages.size(), stamps.filter(Files::isRegularFile).count());
    }
  }
}
