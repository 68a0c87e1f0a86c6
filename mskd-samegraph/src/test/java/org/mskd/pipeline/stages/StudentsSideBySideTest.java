package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Method;
import org.mskd.method.MskdMethod;
import org.mskd.pipeline.TinyExperiment;
import org.mskd.pipeline.WorkerProcesses;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.request.Goal;

/** Students come after stored teacher outputs, and do not wait for each other. */
@Timeout(300)
class StudentsSideBySideTest {
  private static final List<Method> METHODS =
      List.of(
          MskdMethod.student(Distillation.DEFAULT),
          MskdMethod.student("mskd-logits", Distillation.DEFAULT.withFeatureWeight(0)));

  @TempDir Path root;

  private List<Event> run(Path output, int parallel, String name) throws Exception {
    WorkerProcesses workers = new WorkerProcesses(root);
    Process worker =
        workers.start(
            new TinyExperiment(root, List.of("liver", "spleen"), METHODS)
                .request(Goal.RUN, output, parallel),
            name);
    assertEquals(ExitCode.DONE, worker.waitFor(), Files.readString(workers.log(name)));
    return WorkerProcesses.events(WorkerProcesses.eventsOf(output, name));
  }

  private static int begun(List<Event> events, String stage) {
    return index(events, event -> event instanceof Event.StageStarted s && s.stage().equals(stage));
  }

  private static int done(List<Event> events, String stage) {
    return index(events, event -> event instanceof Event.StageDone s && s.stage().equals(stage));
  }

  private static int index(List<Event> events, java.util.function.Predicate<Event> is) {
    for (int i = 0; i < events.size(); i++) {
      if (is.test(events.get(i))) {
        return i;
      }
    }
    throw new AssertionError(events.toString());
  }

  @Test
  void twoAtATimeGiveTheBitsOfSequentialTraining() throws Exception {
    List<Event> one = run(root.resolve("one"), 1, "one");
    assertTrue(done(one, "student mskd") < begun(one, "student mskd-logits"), "one by one");
    List<Event> two = run(root.resolve("two"), 2, "two");
    assertTrue(begun(two, "student mskd-logits") < done(two, "student mskd"), two::toString);
    assertTrue(begun(two, "student mskd") < done(two, "student mskd-logits"), two::toString);
    assertTrue(done(two, "store logits") < begun(two, "student mskd-logits"), two::toString);
    assertEquals(
        TinyExperiment.results(root.resolve("one")), TinyExperiment.results(root.resolve("two")));
  }
}
