package org.mskd.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.problem.BadInputException;

class TrainingTest {
  private static final Training OWN = Training.DEFAULT.toBuilder().studentEpochs(10).build();

  /** All components differ from the defaults. */
  private static final Training ALL =
      new Training(
          2,
          30,
          6,
          0.01,
          0.5,
          64,
          new Schedule.Cosine(),
          new Sgd(0.9, 1e-4, 12),
          0,
          20,
          0.99,
          9,
          AugmentationKind.FULL,
          true);

  private static void refused(String expected, Executable action) {
    BadInputException e = assertThrows(BadInputException.class, action);
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @Test
  void aBuilderChangesNothingByItself() {
    assertEquals(ALL, ALL.toBuilder().build());
    assertEquals(
        ALL,
        Training.DEFAULT.toBuilder()
            .batchSize(2)
            .iterationsPerEpoch(30)
            .epochs(6)
            .learningRate(0.01)
            .annotatedFraction(0.5)
            .patchSize(64)
            .schedule(new Schedule.Cosine())
            .optimizer(new Sgd(0.9, 1e-4, 12))
            .augmentationStrength(0)
            .warmupIterations(20)
            .weightAverage(0.99)
            .studentEpochs(9)
            .augmentationKind(AugmentationKind.FULL)
            .deepSupervision(true)
            .build());
  }

  @Test
  void studentsHaveTheEpochsOfTeachersUnlessTheyHaveTheirOwn() {
    assertEquals(Training.DEFAULT, Training.DEFAULT.ofTeacher());
    assertEquals(Training.DEFAULT, Training.DEFAULT.ofStudent());
    assertEquals(Training.DEFAULT, OWN.ofTeacher());
    assertEquals(2500, OWN.ofStudent().iterations());
    assertEquals(OWN.ofStudent(), OWN.ofStudent().ofStudent());
    Training same = Training.DEFAULT.toBuilder().studentEpochs(4).build();
    assertEquals(Training.DEFAULT, same.ofStudent());
  }

  @Test
  void studentsHaveAtMostTheLargestIntIterations() {
    Training longest =
        Training.DEFAULT.toBuilder().iterationsPerEpoch(65536).studentEpochs(32767).build();
    assertEquals(2147418112, longest.ofStudent().iterations());
    refused(
        "studentEpochs is 32768. Allowed is at most 32767 with iterationsPerEpoch 65536",
        () -> longest.toBuilder().studentEpochs(32768).build());
    refused(
        "studentEpochs is -1. Allowed is a whole number of at least 0",
        () -> longest.toBuilder().studentEpochs(-1).build());
  }

  @Test
  void theWarmUpIsShorterThanTheShortestTraining() {
    assertEquals(
        999, Training.DEFAULT.toBuilder().warmupIterations(999).build().warmupIterations());
    for (Training training :
        List.of(OWN, OWN.toBuilder().epochs(8).studentEpochs(4).build(), Training.DEFAULT)) {
      refused(
          "warmupIterations is 1000. Allowed is a whole number of at least 0 and less than the"
              + " iterations of a training, 1000",
          () -> training.toBuilder().warmupIterations(1000).build());
    }
    refused(
        "warmupIterations is -1", () -> Training.DEFAULT.toBuilder().warmupIterations(-1).build());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, -0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void decayAndMomentumAreBelowOne(double value) {
    String allowed = "Allowed is a number of at least 0 and below 1.";
    refused("weightAverage is", () -> Training.DEFAULT.toBuilder().weightAverage(value).build());
    refused(allowed, () -> Training.DEFAULT.toBuilder().weightAverage(value).build());
    refused("momentum is", () -> new Sgd(value, 0, 0));
    refused(allowed, () -> new Sgd(value, 0, 0));
  }

  @Test
  void sgdHasTheOtherLimitsOfAdam() {
    refused("weightDecay is 2", () -> new Sgd(0.9, 2, 0));
    refused("gradientClipping is -1", () -> new Sgd(0.9, 0, -1));
    assertEquals(0, new Sgd(0, 0, 0).momentum());
  }

  @Test
  void jsonCarriesEveryKind() {
    for (Schedule schedule :
        List.of(Plateau.NNUNET, new Schedule.Polynomial(), new Schedule.Cosine())) {
      for (Optimizer optimizer : List.of(Adam.NNUNET, new Sgd(0.9, 0.1, 3))) {
        Training training = ALL.with(schedule).with(optimizer);
        String text = ExperimentJson.write(training);
        assertEquals(training, ExperimentJson.read(text, Training.class), text);
        assertEquals(training, RecordedTraining.read(text), text);
      }
    }
  }

  @Test
  void componentsThatAnEarlierVersionDidNotHaveAreTheDefaults() {
    String first =
        """
        {"adam":{"amsgrad":true,"gradientClipping":2.0,"weightDecay":3.0E-5},
         "annotatedFraction":0.5,"augmentationStrength":0.5,"batchSize":2,"epochs":3,
         "iterationsPerEpoch":5,"learningRate":0.001,"patchSize":32,
         "plateau":{"factor":0.2,"patience":30,"signal":"AVERAGE","threshold":0.001}}
        """;
    assertEquals(
        new Training(2, 5, 3, 1e-3, 0.5, 32, Plateau.NNUNET, new Adam(true, 3e-5, 2), 0.5),
        RecordedTraining.read(first));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "3",
        "{}",
        "{\"epochs\":4}",
        "{\"adam\":1}",
        "{\"epochs\":\"x\"}"
      })
  void whatIsNotARecordIsRefused(String text) {
    RuntimeException e = assertThrows(RuntimeException.class, () -> RecordedTraining.read(text));
    assertTrue(
        e instanceof IllegalArgumentException || e instanceof BadInputException, e.toString());
  }
}
