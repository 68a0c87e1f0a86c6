package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.architecture.UNet2d;
import org.mskd.dataset.SliceRef;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.Method;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.Regions;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.Training;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.method.MskdMethod;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.model.WeightShapes;
import org.mskd.pipeline.EventTexts;
import org.mskd.pipeline.StageRuns;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.StageInputs;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.problem.BadInputException;
import org.mskd.targets.TargetStore;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** Real stages and small real networks: the same teachers, stored and live. */
class StoredTeachersRunTest {
  private static final Grid GRID = new Grid(16, 16, 5, Affine.scaling(2, 2, 4));
  private static final Preprocessing SLICES = new Preprocessing(16, -125, 275, List.of());
  private static final List<String> ORGANS = List.of("liver", "kidney");
  private static final Distillation WHOLE = Distillation.DEFAULT;

  /** Kinds of stores: encoder-1-sorted, the same everywhere, logits twice. */
  private static final List<Method> METHODS =
      List.of(
          MskdMethod.student(WHOLE),
          MskdMethod.student("everywhere", WHOLE.withRegions(Regions.DEFAULT.unmasked())),
          MskdMethod.student("logits", WHOLE.withFeatureWeight(0)),
          MskdMethod.student("warm", WHOLE.withFeatureWeight(0).withTemperature(2)));

  private static final List<String> STORES =
      List.of("encoder-1-sorted", "encoder-1-sorted-everywhere", "logits");

  private static final TeacherOutputs STORED = TeacherOutputs.DEFAULT;
  private static final TeacherOutputs LIVE = TeacherOutputs.LIVE;

  @TempDir Path root;

  private Network network = new Network(4, 2, Normalization.INSTANCE);

  @BeforeEach
  void give() {
    give("liver", 1);
    give("kidney", 2);
    for (int i = 0; i < 2; i++) {
      SplittableRandom random = new SplittableRandom(i);
      float[] hu = new float[GRID.size()];
      for (int v = 0; v < hu.length; v++) {
        hu[v] = random.nextInt(-200, 300);
      }
      Path file = root.resolve("ct").resolve(i + ".nii");
      NiftiWriter.write(file, new Volume(GRID, hu), VoxelType.INT16);
    }
  }

  /** Random weights, so that a teacher predicts its organ in about half of the pixels. */
  private void give(String organ, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Tensor> tensors = new ArrayList<>();
    new WeightShapes(UNet2d.of(network, 2))
        .byName()
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-0.5, 0.5);
              }
              tensors.add(new Tensor(name, shape, values));
            });
    ModelCard card =
        new ModelCard(
            ModelKind.TEACHER,
            network,
            List.of(organ),
            SLICES,
            SLICES.sliceSize(),
            seed,
            new TreeMap<>(),
            List.of());
    ModelArchive.write(given(organ), card, tensors);
  }

  private Path given(String organ) {
    return root.resolve("given").resolve(organ + ".mskd");
  }

  private Experiment experiment(double strength, TeacherOutputs outputs, Method... methods) {
    return new ExperimentBuilder()
        .seed(1)
        .unlabelled(List.of(new UnlabelledSource("ct", root.resolve("ct"))))
        .teachers(ORGANS.stream().map(o -> new TeacherFile(o, given(o))).toList())
        .preprocessing(SLICES)
        .network(network)
        .training(new Training(2, 4, 1, 1e-2, 0.5, 0, Plateau.SOURCE, Adam.PLAIN, strength))
        .methods(List.of(methods))
        .teacherOutputs(outputs)
        .build();
  }

  private List<Event> run(String output, Experiment experiment) throws IOException {
    Path folder = root.resolve(output);
    WorkerRequest request =
        WorkerRequest.of(Goal.DISTILL, folder)
            .withExperiment(experiment)
            .withBackend("cpu", new TreeMap<>());
    return StageRuns.run(request);
  }

  private static List<String> done(List<Event> events) {
    return events.stream()
        .filter(Event.StageDone.class::isInstance)
        .map(event -> ((Event.StageDone) event).stage())
        .toList();
  }

  private byte[] student(String output, String method) throws IOException {
    return Files.readAllBytes(root.resolve(output + "/methods/" + method + "/model.mskd"));
  }

  private String provenance(String output, String method) {
    Map<String, String> provenance =
        ModelArchive.read(root.resolve(output + "/methods/" + method + "/model.mskd"))
            .card()
            .provenance();
    return provenance.get("teacherOutputs");
  }

  private Path store(String output, String kind) {
    return StoreStage.fileIn(root.resolve(output + "/stores/" + kind));
  }

  private List<JsonNode> history(String output, String method) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line :
        Files.readAllLines(root.resolve(output + "/methods/" + method + "/history.jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void methodsShareStoresAndEqualRunsAreEqualToTheBitInBothModes() throws IOException {
    Method[] methods = METHODS.toArray(Method[]::new);
    for (TeacherOutputs outputs : List.of(STORED, LIVE)) {
      String mode = outputs.mode().name().toLowerCase(java.util.Locale.ROOT);
      List<Event> events = run(mode, experiment(1, outputs, methods));
      List<String> stages =
          Stream.concat(
                  (outputs.equals(STORED) ? STORES : List.<String>of())
                      .stream().map("store "::concat),
                  METHODS.stream().map(method -> "student " + method.name()))
              .toList();
      List<String> done = done(events);
      assertEquals(stages, done.subList(done.size() - stages.size(), done.size()));
      assertEquals(List.of(), EventTexts.warnings(events));
      run(mode + "2", experiment(1, outputs, methods));
      for (Method method : METHODS) {
        assertArrayEquals(
            student(mode, method.name()), student(mode + "2", method.name()), method.name());
        assertTrue(provenance(mode, method.name()).startsWith(mode), method.name());
      }
      assertEquals(List.of(), done(run(mode, experiment(1, outputs, methods))), "up to date");
    }
    for (String kind : STORES) {
      assertArrayEquals(
          Files.readAllBytes(store("stored", kind)), Files.readAllBytes(store("stored2", kind)));
    }
    assertFalse(Files.exists(root.resolve("live/stores")));
  }

  /**
   * Without augmentation the modes differ by the precision of what is stored: half a step of 1/1024
   * at most. A divergence's slope in a margin is at most a quarter of |margin|, in a
   * log-probability at most |log-probability - the student's|; both are below 20 here.
   */
  @Test
  void withoutAugmentationLossesDifferByThePrecisionAlone() throws IOException {
    Method[] methods = METHODS.toArray(Method[]::new);
    run("stored", experiment(0, STORED, methods));
    run("live", experiment(0, LIVE, methods));
    for (Method method : METHODS) {
      List<JsonNode> stored = history("stored", method.name());
      List<JsonNode> live = history("live", method.name());
      assertEquals(4, stored.size());
      Set<Map.Entry<String, JsonNode>> terms = live.get(0).get("terms").properties();
      assertTrue(terms.size() >= 3, terms::toString);
      double seen = 0;
      for (Map.Entry<String, JsonNode> term : terms) {
        double expected = term.getValue().asDouble();
        double found = stored.get(0).get("terms").get(term.getKey()).asDouble();
        assertEquals(expected, found, 20 * 0.5 / 1024, method.name() + " " + term.getKey());
        seen += expected;
      }
      assertTrue(seen > 0.1, method.name() + ": the terms are not all zero: " + terms);
      for (int i = 1; i < 4; i++) {
        double expected = live.get(i).get("loss").asDouble();
        double found = stored.get(i).get("loss").asDouble();
        assertEquals(expected, found, 0.02 * expected, method.name() + " at " + i);
      }
    }
  }

  /**
   * The teachers read the neighbours when outputs are stored, as when they run live: 6 mm away in
   * slices 4 mm apart, so that they are interpolated.
   */
  @Test
  void storedAndLiveOutputsAreOfTheSameNeighbours() throws IOException {
    network = network.withNeighbours(new Neighbours(1, 6));
    give("liver", 1);
    give("kidney", 2);
    Method method = METHODS.get(0);
    run("stored", experiment(0, STORED, method));
    run("live", experiment(0, LIVE, method));
    JsonNode stored = history("stored", method.name()).get(0).get("terms");
    JsonNode live = history("live", method.name()).get(0).get("terms");
    for (Map.Entry<String, JsonNode> term : live.properties()) {
      assertEquals(
          term.getValue().asDouble(),
          stored.get(term.getKey()).asDouble(),
          20 * 0.5 / 1024,
          term.getKey());
    }
    ModelCard card = ModelArchive.read(root.resolve("stored/methods/mskd/model.mskd")).card();
    assertEquals(3, card.inputChannels());
    assertEquals(new Neighbours(1, 6), card.network().neighbours());
  }

  @Test
  void onlySlicesThatABatchShowsAreStored() throws IOException {
    Experiment experiment = experiment(1, STORED, METHODS.get(0));
    run("out", experiment);
    StageContext context =
        new StageContext(
            experiment,
            new ExperimentFolders(root.resolve("out")),
            1,
            new TreeMap<>(),
            RunOptions.DEFAULT);
    StoreKind kind = StoreKind.of(experiment).get(0);
    TrainStage student = TrainStage.student(context, METHODS.get(0));
    SortedMap<String, String> inputs =
        new StageInputs(root.resolve("out"), new FileDigests()).of(student.spec());
    try (BatchSampling sampling = kind.data(context).open();
        TargetStore store =
            TargetStore.open(
                store("out", kind.name()), kind.layout(experiment), StoreStage.teachers(inputs))) {
      List<SliceRef> sampled = sampling.drawn();
      assertTrue(sampled.size() <= 8, "two slots, four steps: " + sampled);
      assertEquals(Set.copyOf(sampled), store.slices());
      assertEquals(
          new StoreOutcome(true, sampled.size(), Files.size(store("out", kind.name()))),
          StoreOutcome.read(root.resolve("out/stores/" + kind.name())));
    }
    // A student needs only the store: the files of its teachers may be missing.
    byte[] before = student("out", "mskd");
    Files.delete(root.resolve("out/teachers/liver/model.mskd"));
    Files.delete(root.resolve("out/teachers/kidney/model.mskd"));
    try (EventLog events = EventLog.open(root.resolve("log"))) {
      student.run(
          new StageWork(new StageProgress(events, "student", 4), root.resolve("out"), inputs));
    }
    assertArrayEquals(before, student("out", "mskd"));
  }

  @Test
  void otherTeachersAndNeededDeletedStoresAreStoredAgain() throws IOException {
    run("out", experiment(1, STORED, METHODS.get(0)));
    byte[] before = Files.readAllBytes(store("out", "encoder-1-sorted"));
    give("kidney", 3);
    assertEquals(
        List.of(
            "teacher kidney (given)",
            "foreground index ct",
            "store encoder-1-sorted",
            "student mskd"),
        done(run("out", experiment(1, STORED, METHODS.get(0)))));
    byte[] after = Files.readAllBytes(store("out", "encoder-1-sorted"));
    assertFalse(Arrays.equals(before, after));
    Files.delete(store("out", "encoder-1-sorted"));
    assertEquals(List.of(), done(run("out", experiment(1, STORED, METHODS.get(0)))));
    Method mine = MskdMethod.student("mine", WHOLE.withBackgroundWeight(0.5));
    assertEquals(
        List.of("store encoder-1-sorted", "student mine"),
        done(run("out", experiment(1, STORED, METHODS.get(0), mine))));
    assertArrayEquals(after, Files.readAllBytes(store("out", "encoder-1-sorted")));
  }

  @Test
  void tooLargeOutputsAreNotStoredAndGiveOneWarningPerRun() throws IOException {
    run("live", experiment(1, LIVE, METHODS.get(0)));
    run("stored", experiment(1, STORED, METHODS.get(0)));
    StoreOutcome whole = StoreOutcome.read(root.resolve("stored/stores/encoder-1-sorted"));
    // Nothing fits, the margins fit but not all the features, all but the last byte fits.
    for (long most : List.of(100L, whole.slices() * 1100L, whole.bytes() - 1)) {
      String output = "most" + most;
      Experiment experiment =
          experiment(1, new TeacherOutputs(TeacherOutputs.Mode.STORED, most), METHODS.get(0));
      List<String> warnings = EventTexts.warnings(run(output, experiment));
      assertEquals(1, warnings.size(), warnings::toString);
      for (String part :
          List.of("encoder-1-sorted", "<maxStore>", "<maxStore=", "<teacherOutputs=live>")) {
        assertTrue(warnings.get(0).contains(part), warnings.get(0));
      }
      assertFalse(Files.exists(store(output, "encoder-1-sorted")), "" + most);
      StoreOutcome outcome = StoreOutcome.read(root.resolve(output + "/stores/encoder-1-sorted"));
      assertFalse(outcome.stored());
      assertEquals(whole.slices(), outcome.slices());
      assertTrue(outcome.bytes() > most && outcome.bytes() < 2 * whole.bytes(), outcome::toString);
      assertEquals("live", provenance(output, "mskd"));
      assertArrayEquals(student("live", "mskd"), student(output, "mskd"));
      List<Event> again = run(output, experiment);
      assertEquals(List.of(), done(again));
      assertEquals(warnings, EventTexts.warnings(again));
    }
    Experiment enough =
        experiment(
            1, new TeacherOutputs(TeacherOutputs.Mode.STORED, whole.bytes()), METHODS.get(0));
    assertEquals(List.of(), EventTexts.warnings(run("enough", enough)));
    assertTrue(Files.exists(store("enough", "encoder-1-sorted")));
  }

  @Test
  void anOutcomeThatCannotBeReadIsNamed() throws IOException {
    Path folder = Files.createDirectories(root.resolve("stores/logits"));
    for (String text : List.of("", "null", "{\"stored\":true}", "[]")) {
      Files.writeString(StoreOutcome.fileIn(folder), text);
      BadInputException e =
          assertThrows(BadInputException.class, () -> StoreOutcome.read(folder), text);
      assertTrue(e.problem().startsWith(StoreOutcome.fileIn(folder) + " "), e.problem());
    }
    new StoreOutcome(false, 3, 1L << 40).write(folder);
    assertEquals(new StoreOutcome(false, 3, 1L << 40), StoreOutcome.read(folder));
  }
}
