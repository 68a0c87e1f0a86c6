package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.Training;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.training.TrainingCancelled;

/** A whole experiment whose networks read neighbours: phantoms, teachers, student, evaluation. */
class NeighboursRunTest {
  private static final Training TRAINING =
      new Training(2, 3, 1, 1e-2, 0.5, 0, Plateau.SOURCE, Adam.PLAIN, 1);

  @TempDir Path root;

  private PhantomExperiment experiment(String name, Neighbours neighbours) {
    return new PhantomExperiment(
        root.resolve(name),
        TRAINING,
        TeacherOutputs.DEFAULT,
        new RunOptions(2, List.of(), false, 1, 1),
        PhantomExperiment.NETWORK.withNeighbours(neighbours));
  }

  private static WorkerRequest request(PhantomExperiment experiment) {
    return experiment.request(Goal.EVALUATE);
  }

  private static Model student(PhantomExperiment experiment) {
    return ModelArchive.read(experiment.output().resolve("methods/mskd/model.mskd"));
  }

  /** Each step of both trainings is resumed once. */
  @Test
  void repeatedOrCancelledRunsEndWithTheSameBytes() throws IOException {
    PhantomExperiment undisturbed = experiment("undisturbed", new Neighbours(1, 5));
    StageRuns.run(request(undisturbed));
    PhantomExperiment disturbed = experiment("disturbed", new Neighbours(1, 5));
    for (int i = 0; i < 2 * TRAINING.iterations(); i++) {
      assertThrows(
          TrainingCancelled.class, () -> StageRuns.cancelled(request(disturbed)), "run " + i);
    }
    StageRuns.run(request(disturbed));
    assertEquals(List.of(), disturbed.differences(undisturbed));
    Model student = student(undisturbed);
    assertEquals(3, student.card().inputChannels());
    assertEquals(new Neighbours(1, 5), student.card().network().neighbours());
    assertArrayEquals(
        new long[] {3, 3, 3, 4}, student.tensors().get("encoder.0.conv1.weight").shape());
    assertTrue(
        Files.isRegularFile(undisturbed.output().resolve("evaluation/metrics.json")), "scored");
    List<Event> again = StageRuns.run(request(undisturbed));
    assertTrue(again.stream().noneMatch(Event.StageDone.class::isInstance), again::toString);
  }

  /** A teacher is given anew with the network, so that only the distance has changed. */
  @Test
  void anotherDistanceTrainsAgain() throws IOException {
    StageRuns.run(request(experiment("one", new Neighbours(1, 1))));
    PhantomExperiment other = experiment("one", new Neighbours(1, 5));
    List<Event> events = StageRuns.run(request(other));
    String expected = "teacher liver: neighbourDistance 1 -> 5";
    assertTrue(
        EventTexts.messages(events).stream().anyMatch(text -> text.contains(expected)),
        events::toString);
    assertEquals(new Neighbours(1, 5), student(other).card().network().neighbours());
  }
}
