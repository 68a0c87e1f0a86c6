package org.mskd.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.mskd.method.MskdMethod;
import org.mskd.problem.BadInputException;

class ExperimentTest {
  private static final DatasetSource LIVER = new DatasetSource("liver", Path.of("ct/liver"), null);
  private static final DatasetSource SPLEEN =
      new DatasetSource("spleen", Path.of("ct/spleen"), List.of(1, 3));

  private static Experiment experiment(
      List<DatasetSource> datasets, Optional<TestSet> testSet, int sliceSize, int level) {
    return new ExperimentBuilder()
        .seed(7)
        .datasets(datasets)
        .testSet(testSet)
        .preprocessing(new Preprocessing(sliceSize, -125, 275, List.of()))
        .methods(
            List.of(
                MskdMethod.student(
                    Distillation.DEFAULT.withFeatures(
                        FeatureTerms.DEFAULT.atLevels(List.of(level))))))
        .build();
  }

  private static void refused(String expected, Executable action) {
    BadInputException e = assertThrows(BadInputException.class, action);
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @Test
  void defaultsAreTheSources() {
    // MS-KD, section 4.1: 512x512, batch 4, 4 x 250 iterations, 3e-4, 33 %, λ1 = 1, λ2 = 10, l = 1.
    assertEquals(512, Preprocessing.DEFAULT.sliceSize());
    assertEquals(4, Training.DEFAULT.batchSize());
    assertEquals(1000, Training.DEFAULT.iterations());
    assertEquals(3e-4, Training.DEFAULT.learningRate());
    assertEquals(0.8, ((Plateau) Training.DEFAULT.schedule()).factor());
    assertEquals(1, Distillation.DEFAULT.backgroundWeight());
    assertEquals(10, Distillation.DEFAULT.featureWeight());
    assertEquals(List.of(1), Distillation.DEFAULT.features().levels());
  }

  @Test
  void theAnnotatedFractionForcesOneSlotOfFour() {
    assertEquals(1, Training.DEFAULT.forcedSlots());
  }

  @Test
  void jsonComesBackEqual() {
    TestSet testSet = new TestSet(Path.of("ct/test"), List.of(new OrganLabel("liver", 6)));
    Experiment experiment = experiment(List.of(LIVER, SPLEEN), Optional.of(testSet), 128, 1);
    String text = ExperimentJson.write(experiment);
    assertTrue(text.contains("\"seed\":7"), text);
    assertEquals(experiment, ExperimentJson.read(text, Experiment.class));
    assertEquals(text, ExperimentJson.write(ExperimentJson.read(text, Experiment.class)));
  }

  @Test
  void jsonOfAnEarlierVersionHasTheDefaultEvaluation() {
    Experiment experiment = experiment(List.of(LIVER), Optional.empty(), 128, 1);
    String text = ExperimentJson.write(experiment);
    String part = "\"evaluation\":{\"components\":[],\"surfaceToleranceMm\":2.0},";
    assertTrue(text.contains(part), text);
    assertEquals(experiment, ExperimentJson.read(text.replace(part, ""), Experiment.class));
    Experiment other = experiment.toBuilder().evaluation(new Evaluation(3, List.of())).build();
    assertEquals(3, other.toBuilder().build().evaluation().surfaceToleranceMm());
    assertEquals(other, ExperimentJson.read(ExperimentJson.write(other), Experiment.class));
  }

  @Test
  void everyMistakeNamesItsElement() {
    refused("surfaceTolerance is 0", () -> new Evaluation(0, List.of()));
    refused("at most 100, in mm", () -> new Evaluation(100.5, List.of()));
    assertEquals(100, new Evaluation(100, List.of()).surfaceToleranceMm());
    refused("<datasets>", () -> experiment(List.of(), Optional.empty(), 128, 1));
    refused("liver twice", () -> experiment(List.of(LIVER, LIVER), Optional.empty(), 128, 1));
    DatasetSource upper = new DatasetSource("Liver", Path.of("ct/other"), null);
    refused("liver and Liver", () -> experiment(List.of(LIVER, upper), Optional.empty(), 128, 1));
    refused("multiple of 16", () -> experiment(List.of(LIVER), Optional.empty(), 100, 1));
    refused("depth is", () -> experiment(List.of(LIVER), Optional.empty(), 16, 1));
    TestSet other = new TestSet(Path.of("t"), List.of(new OrganLabel("kidney", 1)));
    refused("kidney", () -> experiment(List.of(LIVER), Optional.of(other), 128, 1));
    refused("window", () -> new Preprocessing(128, 275, -125, List.of()));
    refused("targetSpacing", () -> new Preprocessing(128, 0, 1, List.of(1.0, 1.0, 1.0)));
    refused(
        "learningRate is",
        () ->
            new Training(
                4,
                1,
                1,
                0,
                0.33,
                0,
                new Plateau(0.8, 0, 1e-3, PlateauSignal.EPOCH),
                Adam.PLAIN,
                1));
    refused(
        "learningRate is",
        () ->
            new Training(
                4,
                1,
                1,
                Double.NaN,
                0.33,
                0,
                new Plateau(0.8, 0, 1e-3, PlateauSignal.EPOCH),
                Adam.PLAIN,
                1));
    refused(
        "annotatedFraction is",
        () ->
            new Training(
                4, 1, 1, 1, 1.5, 0, new Plateau(0.8, 0, 1e-3, PlateauSignal.EPOCH), Adam.PLAIN, 1));
    refused("featureWeight is", () -> Distillation.DEFAULT.withFeatureWeight(-1));
    refused("temperature is", () -> Distillation.DEFAULT.withFeatureWeight(1).withTemperature(0));
    refused("organ is", () -> new DatasetSource("../liver", Path.of("x"), null));
    refused("labelValues", () -> new DatasetSource("liver", Path.of("x"), List.of(0)));
    refused(
        "twice",
        () -> new TestSet(Path.of("t"), List.of(new OrganLabel("a", 1), new OrganLabel("b", 1))));
  }

  @Test
  void aTrainingHasAtMostTheLargestIntIterations() {
    // 65536 x 32767 = 2147418112 < 2^31 - 1 = 2147483647 < 65536 x 32768 = 2^31
    assertEquals(2147418112, training(4, 65536, 32767).iterations());
    refused("epochs is", () -> training(4, 65536, 32768));
    refused("at most 32767 with iterationsPerEpoch 65536", () -> training(4, 65536, 32768));
    assertEquals(Integer.MAX_VALUE, training(4, 1, Integer.MAX_VALUE).iterations());
    refused("epochs is", () -> training(4, Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void noLayerHasMoreThan2To28Weights() {
    // 9 (341 2^4)^2 = 267911424 <= 2^28 = 268435456 < 9 (342 2^4)^2 = 269485056
    assertEquals(341, new Network(341, 4, Normalization.INSTANCE).baseChannels());
    refused("baseChannels is", () -> new Network(342, 4, Normalization.INSTANCE));
    refused("at most 341 with a depth of 4", () -> new Network(512, 4, Normalization.NONE));
    // 9 (42 2^7)^2 = 260112384, 9 (43 2^7)^2 = 272646144
    assertEquals(42, new Network(42, 7, Normalization.INSTANCE).baseChannels());
    refused("at most 42 with a depth of 7", () -> new Network(43, 7, Normalization.NONE));
  }

  @Test
  void noArrayHas2To31Values() {
    // Batch x 2048^2 x 3 x 8 channels of the joined maps: 21 gives 2113929216, 22 more than 2^31.
    assertEquals(21, sized(21, 2048, 8, 1).training().batchSize());
    refused("<batchSize> 22, <sliceSize> 2048", () -> sized(22, 2048, 8, 1));
    refused("<baseChannels> 8", () -> sized(22, 2048, 8, 1));
    // 1024 x 2048^2 = 2^32, which as an int is 0.
    refused("<batchSize> 1024", () -> sized(1024, 2048, 1, 1));
    // With one base channel the outputs count: K + 1 = 5 channels of 1024 x 512^2 = 2^28 pixels
    // are 1.25 2^30, 8 channels 2^31.
    assertEquals(4, sized(1024, 512, 1, 4).organs().size());
    refused("2147483648 values", () -> sized(1024, 512, 1, 7));
  }

  @Test
  void aSliceThatNoNetworkSeesWholeMayHaveAnySize() {
    assertEquals(128, patches(500, 128).inputSize());
    refused("sliceSize is 500", () -> patches(500, 0));
    refused("patchSize is 500", () -> patches(500, 500));
    refused("patchSize is 120", () -> patches(512, 120));
    refused("patchSize is 512", () -> patches(500, 512));
  }

  private static Experiment patches(int size, int patch) {
    return new ExperimentBuilder()
        .seed(7)
        .datasets(List.of(LIVER))
        .preprocessing(new Preprocessing(size, -125, 275, List.of()))
        .training(new Training(4, 1, 1, 3e-4, 0.33, patch, Plateau.SOURCE, Adam.PLAIN, 1))
        .methods(List.of(MskdMethod.student(Distillation.DEFAULT)))
        .teacherOutputs(TeacherOutputs.LIVE)
        .build();
  }

  @Test
  void deepSupervisionNeedsACoarserOutput() {
    Training deep = Training.DEFAULT.toBuilder().deepSupervision(true).build();
    ExperimentBuilder builder =
        new ExperimentBuilder()
            .datasets(List.of(LIVER))
            .methods(List.of(new Method("mskd", "mskd", new TreeMap<>())))
            .training(deep);
    assertTrue(builder.build().training().deepSupervision());
    assertTrue(builder.network(ofDepth(3)).build().training().deepSupervision());
    for (int depth = 1; depth <= 2; depth++) {
      ExperimentBuilder shallow = builder.network(ofDepth(depth));
      refused(
          "deepSupervision is true. Allowed is false with a <depth> of %d, or a <depth> of at least 3"
              .formatted(depth),
          shallow::build);
      shallow.training(Training.DEFAULT).build();
      shallow.training(deep);
    }
  }

  private static Network ofDepth(int depth) {
    return new Network(8, depth, Normalization.INSTANCE);
  }

  @Test
  void jsonOfAnEarlierNetworkHasPlainBlocks() {
    String text = ExperimentJson.write(Network.DEFAULT);
    String part = "\"blocks\":\"PLAIN\",";
    assertTrue(text.contains(part), text);
    assertEquals(Network.DEFAULT, ExperimentJson.read(text.replace(part, ""), Network.class));
  }

  @Test
  void jsonOfAnEarlierTrainingHasTheLightAugmentation() {
    String text = ExperimentJson.write(Training.DEFAULT);
    String part = "\"augmentationKind\":\"LIGHT\",";
    assertTrue(text.contains(part), text);
    assertEquals(Training.DEFAULT, ExperimentJson.read(text.replace(part, ""), Training.class));
    Training full = Training.DEFAULT.with(AugmentationKind.FULL);
    assertEquals(full, ExperimentJson.read(ExperimentJson.write(full), Training.class));
    assertEquals(full, full.with(full.schedule()).with(full.optimizer()));
  }

  private static Training training(int batchSize, int iterationsPerEpoch, int epochs) {
    return new Training(
        batchSize,
        iterationsPerEpoch,
        epochs,
        3e-4,
        0.33,
        0,
        new Plateau(0.8, 0, 1e-3, PlateauSignal.EPOCH),
        Adam.PLAIN,
        1);
  }

  private static Experiment sized(int batch, int size, int baseChannels, int organs) {
    return new ExperimentBuilder()
        .seed(7)
        .datasets(
            IntStream.range(0, organs)
                .mapToObj(k -> new DatasetSource("organ" + k, Path.of("ct"), null))
                .toList())
        .preprocessing(new Preprocessing(size, -125, 275, List.of()))
        .network(new Network(baseChannels, 4, Normalization.INSTANCE))
        .training(training(batch, 1, 1))
        .methods(List.of(MskdMethod.student(Distillation.DEFAULT)))
        .teacherOutputs(TeacherOutputs.LIVE)
        .build();
  }
}
