package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.pipeline.TinyExperiment;
import org.mskd.pipeline.WorkerProcesses;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.StageStamp;

/** Real teachers, trained one after the other and side by side. */
@Timeout(600)
class TeachersSideBySideTest {
  private static final List<String> ORGANS = List.of("liver", "spleen", "kidney");

  @TempDir Path root;

  private WorkerRequest request(Path output, int parallel) {
    return new TinyExperiment(root, ORGANS).request(Goal.TRAIN_TEACHERS, output, parallel);
  }

  private List<Event> train(Path output, int parallel, String run) throws Exception {
    WorkerProcesses workers = new WorkerProcesses(root);
    Process worker = workers.start(request(output, parallel), run);
    assertEquals(ExitCode.DONE, worker.waitFor(), Files.readString(workers.log(run)));
    return WorkerProcesses.events(WorkerProcesses.eventsOf(output, run));
  }

  private static List<String> trained(List<Event> events) {
    return events.stream()
        .filter(Event.StageDone.class::isInstance)
        .map(event -> ((Event.StageDone) event).stage())
        .filter(stage -> stage.startsWith("teacher"))
        .sorted()
        .toList();
  }

  private static Map<String, String> inputs(Path output, String organ) {
    return StageStamp.read(StageStamp.fileOf(output, TrainStage.teacherId(organ))).inputs();
  }

  @Test
  void theBitsEqualThoseOfSequentialTrainingAndAKillLeavesNoProcess() throws Exception {
    Path one = root.resolve("one");
    Path two = root.resolve("two");
    train(one, 1, "one");
    killWhileTwoAreTrained(two);
    train(two, 2, "again");
    assertEquals(TinyExperiment.results(one), TinyExperiment.results(two));
    for (String organ : ORGANS) {
      assertEquals(inputs(one, organ), inputs(two, organ), organ);
    }
    Files.delete(StageStamp.fileOf(two, TrainStage.teacherId("liver")));
    Files.delete(StageStamp.fileOf(two, TrainStage.teacherId("kidney")));
    List<Event> events = train(two, 3, "some");
    assertEquals(List.of("teacher kidney", "teacher liver"), trained(events));
    assertTrue(events.contains(new Event.StageSkipped("teacher spleen")), events::toString);
    assertEquals(TinyExperiment.results(one), TinyExperiment.results(two));
    List<Event> nothing = train(two, 3, "nothing");
    assertEquals(List.of(), trained(nothing));
  }

  private void killWhileTwoAreTrained(Path output) throws Exception {
    Process worker = new WorkerProcesses(root).start(request(output, 2), "killed");
    WorkerProcesses.until(() -> !worker.isAlive() || worker.descendants().count() == 2);
    List<ProcessHandle> stages = worker.descendants().toList();
    assertEquals(2, stages.size(), "not two side by side");
    worker.destroyForcibly().waitFor();
    for (ProcessHandle stage : stages) {
      stage.onExit().get();
    }
    assertTrue(ownFile(output), "the killed worker's owner file should have stayed");
  }

  private static boolean ownFile(Path output) throws IOException {
    return Files.exists(output.resolve(".owner.json"));
  }
}
