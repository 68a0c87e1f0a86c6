package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.Training;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.stage.StageStamp;

/**
 * A worker that is killed again and again, at random moments in stages of every kind and while
 * files are being written, ends with the bytes of an undisturbed one. {@code -Dmskd.test.seed} sets
 * the seed; the moments of the kills also depend on the machine.
 */
@Timeout(600)
class KilledWorkerTest {
  private static final int EVERY = 3;
  private static final Training TRAINING =
      new Training(2, 10, 3, 1e-2, 0.5, 0, Plateau.NNUNET, Adam.NNUNET, 1);
  private static final RunOptions OPTIONS = new RunOptions(EVERY, List.of(), false, 1, 1);

  /** Tries to hit a stage that takes a few milliseconds. */
  private static final int TRIES = 8;

  /** The condition to wait for; the worker is killed a random time later. */
  private enum Moment {
    /** Anywhere in the stage. */
    ANY,
    /** A file is being written. */
    WRITING,
    /** A checkpoint was made in this run. */
    CHECKPOINT
  }

  private record Kill(String stage, Moment moment) {}

  /** By stage, in order, 20 in all. */
  private static final List<Kill> KILLS =
      List.of(
          new Kill("phantoms", Moment.ANY),
          new Kill("phantoms", Moment.WRITING),
          new Kill("prepare liver", Moment.ANY),
          new Kill("prepare liver", Moment.WRITING),
          new Kill("prepare more", Moment.ANY),
          new Kill("prepare test set", Moment.ANY),
          new Kill("teacher spleen (given)", Moment.ANY),
          new Kill("teacher liver", Moment.ANY),
          new Kill("teacher liver", Moment.CHECKPOINT),
          new Kill("teacher liver", Moment.WRITING),
          new Kill("teacher liver", Moment.CHECKPOINT),
          new Kill("foreground index more", Moment.ANY),
          new Kill("store encoder-1-sorted", Moment.ANY),
          new Kill("store encoder-1-sorted", Moment.WRITING),
          new Kill("student mskd", Moment.ANY),
          new Kill("student mskd", Moment.WRITING),
          new Kill("student mskd", Moment.CHECKPOINT),
          new Kill("student mskd", Moment.CHECKPOINT),
          new Kill("evaluate mskd", Moment.ANY),
          new Kill("evaluate mskd", Moment.WRITING));

  @TempDir Path root;
  private final long seed = Long.getLong("mskd.test.seed", new SplittableRandom().nextLong());
  private final SplittableRandom random = new SplittableRandom(seed);

  /** The stage of each run when it was killed, and where it resumed. */
  private final List<String> history = new ArrayList<>();

  private final Set<String> hit = new LinkedHashSet<>();
  private int resumed;
  private int runs;
  private PhantomExperiment disturbed;

  private PhantomExperiment experiment(String name) {
    return new PhantomExperiment(root.resolve(name), TRAINING, TeacherOutputs.DEFAULT, OPTIONS);
  }

  private static void complete(PhantomExperiment experiment, String run) throws Exception {
    assertEquals(
        ExitCode.DONE, experiment.start(Goal.RUN, run).waitFor(), () -> read(experiment.log()));
  }

  @Test
  void killedTwentyTimesItEndsWithTheSameBytes() throws Exception {
    PhantomExperiment undisturbed = experiment("undisturbed");
    complete(undisturbed, "undisturbed");
    Map<String, Double> seconds = seconds(undisturbed.events("undisturbed"));
    disturbed = experiment("disturbed");
    for (Kill kill : KILLS) {
      if (kill.moment() == Moment.CHECKPOINT) {
        Files.deleteIfExists(stampOf(kill.stage())); // a finished training makes no checkpoints
      }
      kill(kill, seconds.get(kill.stage()));
    }
    for (String stage : seconds.keySet()) {
      for (int i = 0; i < TRIES && !hit.contains(stage); i++) {
        Files.deleteIfExists(stampOf(stage));
        kill(new Kill(stage, Moment.ANY), 0.5 * seconds.get(stage));
      }
    }
    String description = "seed " + seed + ", " + String.join("; ", history);
    complete(disturbed, "last");
    assertEquals(List.of(), disturbed.differences(undisturbed), description);
    assertEquals(seconds.keySet(), hit, description);
    assertTrue(resumed > 0, description);
    assertTrue(history.size() >= KILLS.size(), description);
  }

  private static Map<String, Double> seconds(List<Event> events) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (Event event : events) {
      if (event instanceof Event.StageDone done) {
        seconds.put(done.stage(), done.seconds());
      }
    }
    return seconds;
  }

  private Path stampOf(String stage) {
    String id =
        switch (stage) {
          case "prepare test set" -> "prepare-test";
          case "compare data sets" -> "compare-sets";
          case "foreground index more" -> "foreground/more";
          case "teacher spleen (given)" -> "teacher/spleen";
          default -> stage.replace(' ', '/');
        };
    return StageStamp.fileOf(disturbed.output(), id);
  }

  private void kill(Kill kill, double seconds) throws Exception {
    String run = "run " + ++runs;
    Process worker = disturbed.start(Goal.RUN, run);
    try {
      await(worker, () -> begun(run, kill.stage()));
      switch (kill.moment()) {
        case ANY -> sleep(0.9 * seconds * random.nextDouble());
        case WRITING -> await(worker, () -> isWriting() || !begun(run, kill.stage()));
        case CHECKPOINT -> {
          int after = random.nextInt(1, 4);
          await(worker, () -> newCheckpoints(run, kill.stage()) >= after);
          sleep(0.05 * random.nextDouble());
        }
      }
    } finally {
      worker.destroyForcibly();
    }
    assertTrue(worker.waitFor(60, TimeUnit.SECONDS));
    note(run, kill);
  }

  private static void sleep(double seconds) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep((long) (1e9 * seconds));
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws IOException;
  }

  /** Waits until the condition holds or the worker is done. */
  private static void await(Process worker, Condition condition) throws Exception {
    while (worker.isAlive() && !condition.holds()) {
      TimeUnit.MICROSECONDS.sleep(500);
    }
  }

  /** The running stage; empty between stages. */
  private String underWay(String run) throws IOException {
    String stage = "";
    for (Event event : disturbed.events(run)) {
      if (event instanceof Event.StageStarted started) {
        stage = started.stage();
      } else if (event instanceof Event.StageDone) {
        stage = "";
      }
    }
    return stage;
  }

  /** Whether the stage has begun, or a later one, where it is up to date. */
  private boolean begun(String run, String stage) throws IOException {
    List<Event> events = disturbed.events(run);
    boolean passed = events.contains(new Event.StageSkipped(stage));
    return passed
        || events.stream()
            .anyMatch(e -> e instanceof Event.StageStarted s && s.stage().equals(stage));
  }

  private boolean isWriting() throws IOException {
    for (Path folder : List.of(disturbed.output(), disturbed.root().resolve("phantoms"))) {
      if (!unfinished(folder).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> unfinished(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".part")).toList();
    } catch (UncheckedIOException e) {
      return List.of(); // something was moved or removed meanwhile
    }
  }

  /** How many new checkpoints there should be since the training started or resumed. */
  private int newCheckpoints(String run, String stage) throws IOException {
    int from = 0;
    for (Event event : disturbed.events(run)) {
      if (event instanceof Event.Resumed resumed && resumed.stage().equals(stage)) {
        from = resumed.step();
      } else if (event instanceof Event.StageDone done && done.stage().equals(stage)) {
        return Integer.MAX_VALUE;
      }
    }
    Path folder = disturbed.output().resolve("checkpoints").resolve(stage.replace(' ', '/'));
    for (int i = TRAINING.iterations() / EVERY; i > from / EVERY; i--) {
      if (exists(folder, "%07d.ckpt".formatted(EVERY * i))) {
        return i - from / EVERY;
      }
    }
    return 0;
  }

  private static boolean exists(Path folder, String name) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(file -> file.endsWith(name));
    } catch (UncheckedIOException e) {
      return false; // something was moved or removed meanwhile
    }
  }

  private void note(String run, Kill kill) throws IOException {
    String stage = underWay(run);
    if (!stage.isEmpty()) {
      hit.add(stage);
    }
    StringBuilder note = new StringBuilder(kill + " hit " + (stage.isEmpty() ? "none" : stage));
    for (Event event : disturbed.events(run)) {
      if (event instanceof Event.Resumed start) {
        resumed++;
        note.append(", resumed at ").append(start.step());
      }
    }
    unfinished(disturbed.root()).forEach(file -> note.append(", left ").append(file.getFileName()));
    history.add(note.toString());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
