package org.mskd.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.mskd.problem.BadInputException;

class ExperimentTest {
  private static final DatasetSource LIVER = new DatasetSource("liver", Path.of("ct/liver"), null);
  private static final DatasetSource SPLEEN =
      new DatasetSource("spleen", Path.of("ct/spleen"), List.of(1, 3));

  private static Experiment experiment(
      List<DatasetSource> datasets, Optional<TestSet> testSet, int sliceSize, int level) {
    return new Experiment(
        7,
        datasets,
        testSet,
        Optional.empty(),
        new Preprocessing(sliceSize, -125, 275, List.of()),
        Network.DEFAULT,
        Training.DEFAULT,
        new Distillation(1, 10, level, 1));
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
    assertEquals(0.8, Training.DEFAULT.plateauFactor());
    assertEquals(new Distillation(1, 10, 1, 1), Distillation.DEFAULT);
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
  void everyMistakeNamesItsElement() {
    refused("<datasets>", () -> experiment(List.of(), Optional.empty(), 128, 1));
    refused("liver twice", () -> experiment(List.of(LIVER, LIVER), Optional.empty(), 128, 1));
    DatasetSource upper = new DatasetSource("Liver", Path.of("ct/other"), null);
    refused("liver and Liver", () -> experiment(List.of(LIVER, upper), Optional.empty(), 128, 1));
    refused("multiple of 16", () -> experiment(List.of(LIVER), Optional.empty(), 100, 1));
    refused("<depth>", () -> experiment(List.of(LIVER), Optional.empty(), 16, 1));
    refused("<featureLevel>", () -> experiment(List.of(LIVER), Optional.empty(), 128, 5));
    TestSet other = new TestSet(Path.of("t"), List.of(new OrganLabel("kidney", 1)));
    refused("kidney", () -> experiment(List.of(LIVER), Optional.of(other), 128, 1));
    refused("<window>", () -> new Preprocessing(128, 275, -125, List.of()));
    refused("<targetSpacing>", () -> new Preprocessing(128, 0, 1, List.of(1.0, 1.0, 1.0)));
    refused("<learningRate>", () -> new Training(4, 1, 1, 0, 0.33, 0.8, 1e-3, true));
    refused("<learningRate>", () -> new Training(4, 1, 1, Double.NaN, 0.33, 0.8, 1e-3, true));
    refused("<annotatedFraction>", () -> new Training(4, 1, 1, 1, 1.5, 0.8, 1e-3, true));
    refused("<featureWeight>", () -> new Distillation(1, -1, 1, 1));
    refused("<temperature>", () -> new Distillation(1, 1, 1, 0));
    refused("<organ>", () -> new DatasetSource("../liver", Path.of("x"), null));
    refused("<labelValues>", () -> new DatasetSource("liver", Path.of("x"), List.of(0)));
    refused(
        "twice",
        () -> new TestSet(Path.of("t"), List.of(new OrganLabel("a", 1), new OrganLabel("b", 1))));
  }
}
