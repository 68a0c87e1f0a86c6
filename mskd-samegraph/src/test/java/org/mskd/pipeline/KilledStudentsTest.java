package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Method;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.Training;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;

/**
 * Trainings with a state of their own (two networks, moving averages, prototypes, a running mean)
 * are killed at random moments, and end with the bytes of an undisturbed run.
 */
class KilledStudentsTest {
  private static final int EVERY = 3;
  private static final Training TRAINING =
      new Training(2, 20, 2, 1e-2, 0.5, 0, Plateau.NNUNET, Adam.NNUNET, 1);
  private static final RunOptions OPTIONS = new RunOptions(EVERY, List.of(), false, 1, 1);
  private static final List<Method> METHODS =
      List.of(
          method("co-training", Map.of("rampUp", "10", "averageDecay", "0.9")),
          method("ltuda", Map.of("alignmentStart", "0.4", "prototypeDecay", "0.9")),
          method("pann", Map.of("sizePrior", "0.1 0.05", "warmUp", "0.3")));
  private static final int KILLS_EACH = 4;

  @TempDir Path root;
  private final long seed = Long.getLong("mskd.test.seed", new SplittableRandom().nextLong());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final List<String> history = new ArrayList<>();

  private static Method method(String name, Map<String, String> options) {
    return new Method(name, name, new TreeMap<>(options));
  }

  private PhantomExperiment experiment(String name) {
    return new PhantomExperiment(root.resolve(name), TRAINING, TeacherOutputs.DEFAULT, OPTIONS);
  }

  private static Process start(PhantomExperiment experiment, String run) throws Exception {
    return experiment.start(experiment.request(Goal.DISTILL, METHODS), run);
  }

  private static void complete(PhantomExperiment experiment, String run) throws Exception {
    assertEquals(ExitCode.DONE, start(experiment, run).waitFor(), experiment.log()::toString);
  }

  @Test
  void killedStudentsEndWithTheSameBytes() throws Exception {
    PhantomExperiment undisturbed = experiment("undisturbed");
    complete(undisturbed, "undisturbed");
    PhantomExperiment disturbed = experiment("disturbed");
    for (Method method : METHODS) {
      for (int i = 0; i < KILLS_EACH; i++) {
        kill(disturbed, "student " + method.name());
      }
    }
    complete(disturbed, "last");
    String description = "seed " + seed + ", " + String.join("; ", history);
    assertEquals(List.of(), disturbed.differences(undisturbed), description);
    for (Method method : METHODS) {
      assertTrue(
          history.stream()
              .anyMatch(line -> line.startsWith("student " + method.name() + " resumed")),
          description);
    }
  }

  /** Kills a worker a random time after some checkpoints of a student, if it still trains then. */
  private void kill(PhantomExperiment experiment, String student) throws Exception {
    String run = student + " " + history.size();
    int after = random.nextInt(1, 3);
    int until = newest(experiment, student) + after * EVERY;
    Process worker = start(experiment, run);
    try {
      while (worker.isAlive() && newest(experiment, student) < until) {
        TimeUnit.MICROSECONDS.sleep(500);
      }
      TimeUnit.NANOSECONDS.sleep((long) (5e7 * random.nextDouble()));
    } finally {
      worker.destroyForcibly();
    }
    assertTrue(worker.waitFor(60, TimeUnit.SECONDS));
    experiment.events(run).stream()
        .filter(Event.Resumed.class::isInstance)
        .map(Event.Resumed.class::cast)
        .forEach(one -> history.add(one.stage() + " resumed at " + one.step()));
    history.add(student + " killed after " + after);
  }

  /** The iteration of the newest checkpoint; 0 without any. */
  private static int newest(PhantomExperiment experiment, String student) throws Exception {
    Path folder = experiment.output().resolve("checkpoints").resolve(student.replace(' ', '/'));
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d+\\.ckpt"))
          .mapToInt(name -> Integer.parseInt(name.substring(0, name.indexOf('.'))))
          .max()
          .orElse(0);
    } catch (UncheckedIOException e) {
      return 0; // the training ended meanwhile, and removed them
    }
  }
}
