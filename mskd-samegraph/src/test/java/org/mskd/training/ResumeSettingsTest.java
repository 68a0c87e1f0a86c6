package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Optimizer;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Schedule;
import org.mskd.experiment.Sgd;
import org.mskd.experiment.Training;
import org.mskd.model.Tensor;

/**
 * A training that ends after each iteration and resumes, with each schedule, optimizer, warm-up and
 * average, against one that is not interrupted.
 */
class ResumeSettingsTest {
  private static final int ITERATIONS = 9;

  @TempDir Path folder;

  static Stream<Training> settings() {
    return Stream.<Schedule>of(
            new Plateau(0.5, 1, 0.25, PlateauSignal.AVERAGE),
            new Schedule.Polynomial(),
            new Schedule.Cosine())
        .flatMap(
            schedule ->
                Stream.<Optimizer>of(new Adam(true, 0.01, 3), new Sgd(0.9, 0.01, 3))
                    .map(optimizer -> settings(schedule, optimizer)));
  }

  private static Training settings(Schedule schedule, Optimizer optimizer) {
    return Training.DEFAULT.toBuilder()
        .batchSize(1)
        .iterationsPerEpoch(3)
        .epochs(ITERATIONS / 3)
        .learningRate(0.25)
        .schedule(schedule)
        .optimizer(optimizer)
        .warmupIterations(4)
        .weightAverage(0.3)
        .build();
  }

  private static StepResult loss(int iteration) {
    double value = 1 / (1.7 + Math.sin(iteration));
    return new StepResult(value, Map.of("organ", value));
  }

  private static Batch batch(int iteration) {
    return new Batch(
        1,
        new float[] {iteration},
        Optional.empty(),
        List.of("slice " + iteration),
        Optional.empty());
  }

  /** Returns the weights of the model and of the network. */
  private List<List<Tensor>> train(Training settings, String name, IntPredicate endsAfter) {
    CheckpointFolder kept = new CheckpointFolder(folder.resolve(name), "inputs");
    int[] done = {0};
    Checkpointing checkpointing =
        new Checkpointing(
            kept, ITERATIONS + 1, kept.newest(warning -> {}), () -> endsAfter.test(done[0]));
    int first = checkpointing.first();
    try (Trainer trainer =
            AveragedTrainer.of(
                new ScriptedNetwork(i -> loss(first + i)), settings.weightAverage());
        History history =
            History.open(
                folder.resolve(name + ".jsonl"), folder.resolve("failed.jsonl"), checkpointing);
        PrefetchedBatches ahead =
            new PrefetchedBatches(ResumeSettingsTest::batch, first, ITERATIONS, System::nanoTime)) {
      new TrainingLoop(
              settings, history, (step, of, loss) -> done[0] = step, Optional.of(checkpointing))
          .train(name, trainer, ahead);
      history.finish();
      return List.of(trainer.weights(), NetworkWeights.of(trainer.models().get(0).session()));
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void endsWithTheSameBytes(Training settings) throws IOException {
    List<List<Tensor>> expected = train(settings, "undisturbed", done -> false);
    assertNotEquals(expected.get(0), expected.get(1), "there is no average");
    for (int i = 0; i < ITERATIONS; i++) {
      assertThrows(TrainingCancelled.class, () -> train(settings, "resumed", done -> true));
    }
    assertEquals(expected, train(settings, "resumed", done -> false));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("undisturbed.jsonl")),
        Files.readAllBytes(folder.resolve("resumed.jsonl")));
  }
}
