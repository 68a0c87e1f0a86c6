package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Schedule;
import org.mskd.experiment.Training;
import org.mskd.problem.BadInputException;

class TrainingLoopTest {
  /** Three epochs of two iterations; the rate is halved where an epoch gains less than 0.25. */
  private static final Training SETTINGS =
      new Training(
          1, 2, 3, 0.5, 0.33, 0, new Plateau(0.5, 0, 0.25, PlateauSignal.EPOCH), Adam.PLAIN, 0);

  @TempDir Path folder;

  private static StepResult loss(double value) {
    return new StepResult(value, Map.of("organ", value, "background", 0.0));
  }

  private Path history() {
    return folder.resolve("history.jsonl");
  }

  private void train(ScriptedNetwork network, TrainingListener listener) {
    train(SETTINGS, network, listener);
  }

  private void train(Training settings, ScriptedNetwork network, TrainingListener listener) {
    train(settings, network, listener, Optional.empty());
  }

  private void train(
      Training settings,
      ScriptedNetwork network,
      TrainingListener listener,
      Optional<EpochValidation> validation) {
    IntFunction<Batch> batches =
        iteration ->
            new Batch(
                1,
                new float[1],
                Optional.empty(),
                List.of("ct" + iteration + " slice"),
                Optional.empty());
    try (History history = History.open(history());
        PrefetchedBatches ahead =
            new PrefetchedBatches(batches, 0, settings.iterations(), System::nanoTime)) {
      TrainingLoop loop = new TrainingLoop(settings, history, listener);
      validation.map(loop::validatedBy).orElse(loop).train("teacher liver", network, ahead);
      history.finish();
    }
  }

  private String refused(ScriptedNetwork network) {
    return assertThrows(BadInputException.class, () -> train(network, (done, of, loss) -> {}))
        .getMessage();
  }

  /** Three epochs of two iterations. */
  @Test
  void theNetworkIsScoredAtTheEndOfEachEpoch() throws IOException {
    List<String> calls = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void step(int done, int of, double loss) {
            calls.add("step " + done);
          }

          @Override
          public void validated(int epoch, int epochs, SortedMap<String, Double> dice) {
            calls.add("epoch " + epoch + " of " + epochs + " " + dice);
          }
        };
    List<Float> firstWeights = new ArrayList<>();
    EpochValidation validation =
        weights -> {
          firstWeights.add(weights.get(0).values()[0]);
          return new TreeMap<>(Map.of("liver", firstWeights.size() / 4.0));
        };
    try (ScriptedNetwork network = new ScriptedNetwork(i -> loss(1))) {
      train(SETTINGS, network, listener, Optional.of(validation));
      assertEquals(
          List.of(
              "step 1",
              "epoch 1 of 3 {liver=0.25}",
              "step 2",
              "step 3",
              "epoch 2 of 3 {liver=0.5}",
              "step 4",
              "step 5",
              "epoch 3 of 3 {liver=0.75}",
              "step 6"),
          calls);
      assertEquals(
          network.weights().get(0).values()[0], firstWeights.get(2), "those after the last update");
    }
    List<String> lines = Files.readAllLines(history());
    for (int i = 0; i < 6; i++) {
      String expected =
          i % 2 == 1 ? ",\"validation\":{\"liver\":" + (i + 1) / 8.0 + "}}" : "0.0,\"organ\":1.0}}";
      assertTrue(lines.get(i).endsWith(expected), lines.get(i));
    }
  }

  @Test
  void theRateIsLoweredAfterTheEpochThatGainsTooLittle() throws IOException {
    // Epochs' means: 1, then 0.875, which is not 0.25 better, then 0.5.
    double[] losses = {1.5, 0.5, 1, 0.75, 0.5, 0.5};
    try (ScriptedNetwork network = new ScriptedNetwork(i -> loss(losses[i]))) {
      train(network, (done, of, loss) -> {});
      List<String> lines = Files.readAllLines(history());
      assertEquals(6, lines.size());
      // The parameters are 1, 2, 3 and 4, and the gradient is twice as long.
      assertEquals(2 * Math.sqrt(30), norm(lines.get(0)), 1e-5);
      // Adam's first step takes 0.5 off each.
      assertEquals(2 * Math.sqrt(0.25 + 2.25 + 6.25 + 12.25), norm(lines.get(1)), 1e-5);
      for (int i = 0; i < 6; i++) {
        String rest =
            ",\"iteration\":%d,\"learningRate\":%s,\"loss\":%s,\"terms\":{\"background\":0.0,\"organ\":%s}}"
                .formatted(i, i < 4 ? "0.5" : "0.25", losses[i], losses[i]);
        assertTrue(lines.get(i).endsWith(rest), lines.get(i));
      }
    }
  }

  /**
   * Epochs' means: 1, then 9 of another loss, which is not compared with 1, then 9, which is no
   * gain. If the loss changes within the second epoch, the third one is the first to count.
   */
  @Test
  void lossesAreComparedFromAChangeOfTheLossOn() throws IOException {
    double[] losses = {1, 1, 9, 9, 9, 9, 9, 9, 9, 9};
    Training settings =
        new Training(
            1, 2, 5, 0.5, 0.33, 0, new Plateau(0.5, 0, 0.25, PlateauSignal.EPOCH), Adam.PLAIN, 0);
    for (int change : new int[] {2, 3}) {
      try (ScriptedNetwork network = new ScriptedNetwork(i -> loss(losses[i]))) {
        network.changeLossAt(change);
        train(settings, network, (done, of, loss) -> {});
      }
      List<String> rates =
          change == 2 ? List.of("0.5", "0.25", "0.125") : List.of("0.5", "0.5", "0.25");
      List<String> lines = Files.readAllLines(history());
      for (int i = 0; i < 10; i++) {
        String rate = rates.get(Math.max(0, i / 2 - 2));
        assertTrue(
            lines.get(i).contains("\"learningRate\":" + rate + ","), change + ": " + lines.get(i));
      }
      Files.delete(history());
    }
  }

  /** 0.5 after a warm-up of two iterations, then half a cosine over four. */
  @Test
  void aDecayAndAWarmUpChangeTheRateInEachIteration() throws IOException {
    Training settings =
        SETTINGS.toBuilder().schedule(new Schedule.Cosine()).warmupIterations(2).build();
    try (ScriptedNetwork network = new ScriptedNetwork(i -> loss(1))) {
      train(settings, network, (done, of, loss) -> {});
    }
    double quarter = 0.25 * (1 + Math.sqrt(0.5));
    List<Double> rates = List.of(0.25, 0.5, 0.5, quarter, 0.25, 0.5 - quarter);
    List<String> lines = Files.readAllLines(history());
    for (int i = 0; i < 6; i++) {
      String rate = lines.get(i).replaceAll(".*learningRate\":([^,]*),.*", "$1");
      assertEquals(rates.get(i), Double.parseDouble(rate), 1e-15, lines.get(i));
    }
  }

  private static double norm(String line) {
    String start = "{\"gradientNorm\":";
    assertTrue(line.startsWith(start), line);
    return Double.parseDouble(line.substring(start.length(), line.indexOf(',')));
  }

  @Test
  void patienceAndTheOptimizersSettingsAreApplied() throws IOException {
    Training settings =
        new Training(
            1,
            1,
            6,
            0.5,
            0.33,
            0,
            new Plateau(0.5, 2, 0.25, PlateauSignal.AVERAGE),
            new Adam(false, 1, 3),
            0);
    double[] losses = {1, 0.5, 0.9, 0.9, 0.9, 0.9};
    try (ScriptedNetwork network = new ScriptedNetwork(i -> loss(losses[i]))) {
      train(settings, network, (done, of, loss) -> {});
      List<String> lines = Files.readAllLines(history());
      // The average stays above 1 - 0.25; the third epoch in a row that it does lowers the rate.
      for (int i = 0; i < 6; i++) {
        String rate = i < 4 ? "\"learningRate\":0.5," : "\"learningRate\":0.25,";
        assertTrue(lines.get(i).contains(rate), lines.get(i));
      }
      assertEquals(2 * Math.sqrt(30), norm(lines.get(0)), 1e-5, "before clipping and decay");
    }
  }

  @Test
  void adamStepsWithTheRateOfTheIteration() {
    List<Float> values = new ArrayList<>();
    try (ScriptedNetwork network = new ScriptedNetwork(i -> loss(1))) {
      values.add(network.good());
      train(network, (done, of, loss) -> values.add(network.good()));
    }
    // Adam's first step is the rate itself, whatever the gradient: 1 - 0.5.
    assertEquals(0.5f, values.get(1), 1e-6f);
    assertEquals(7, values.size());
  }

  @Test
  void theListenerSeesTheMovingAverage() {
    double[] losses = {2, 1, 1, 1, 1, 1};
    List<Double> seen = new ArrayList<>();
    try (ScriptedNetwork network = new ScriptedNetwork(i -> loss(losses[i]))) {
      train(
          network,
          (done, of, loss) -> {
            assertEquals(seen.size() + 1, done);
            assertEquals(6, of);
            seen.add(loss);
          });
    }
    assertEquals(2, seen.get(0));
    assertEquals(0.93 * 2 + 0.07, seen.get(1), 1e-12);
    assertEquals(1 + 0.93 * 0.93 * 0.93 * 0.93 * 0.93, seen.get(5), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void aNanOrInfiniteLossStopsTheTrainingAndIsNamed(double bad) throws IOException {
    try (ScriptedNetwork network = new ScriptedNetwork(i -> loss(i == 2 ? bad : 1))) {
      String message = refused(network);
      for (String part : List.of("teacher liver", "iteration 2", "term organ", "ct2 slice")) {
        assertTrue(message.contains(part), part + " in " + message);
      }
      assertFalse(message.contains("background"), message);
      Path kept = folder.resolve("history.failed.jsonl");
      assertTrue(message.contains(kept.toString()), message);
      assertEquals(2, Files.readAllLines(kept).size());
      assertTrue(Float.isFinite(network.good()), "it must not reach Adam");
    }
    assertFalse(Files.exists(history()));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
  void aNanOrInfiniteGradientStopsBeforeTheStep(float bad) throws IOException {
    ScriptedNetwork[] network = new ScriptedNetwork[1];
    float[] before = new float[1];
    network[0] =
        new ScriptedNetwork(
            i -> {
              if (i == 1) {
                network[0].spoil(bad); // its gradient is spoilt from the next iteration on
              }
              before[0] = network[0].good();
              return loss(1);
            });
    try (ScriptedNetwork closing = network[0]) {
      String message = refused(closing);
      for (String part :
          List.of("gradient of teacher liver", "iteration 2", "parameter spoilt", "ct2 slice")) {
        assertTrue(message.contains(part), part + " in " + message);
      }
      Path kept = folder.resolve("history.failed.jsonl");
      assertTrue(message.contains(kept.toString()), message);
      assertEquals(2, Files.readAllLines(kept).size());
      assertEquals(before[0], closing.good(), "no step was made");
    }
    assertFalse(Files.exists(history()));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
  void aParameterSpoiltByTheLastStepIsFound(float bad) {
    ScriptedNetwork[] network = new ScriptedNetwork[1];
    network[0] =
        new ScriptedNetwork(
            i -> {
              if (i == SETTINGS.iterations() - 1) {
                network[0].spoil(bad);
              }
              return loss(1);
            });
    try (ScriptedNetwork closing = network[0]) {
      String message = refused(closing);
      for (String part : List.of("teacher liver", "parameter spoilt", "<learningRate>")) {
        assertTrue(message.contains(part), part + " in " + message);
      }
    }
    assertFalse(Files.exists(history()));
  }
}
