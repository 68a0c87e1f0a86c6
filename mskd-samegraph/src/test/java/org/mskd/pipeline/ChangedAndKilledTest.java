package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.Training;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.stage.StageStamp;

/**
 * Runs whose parameters and data change back and forth, each killed at a random moment: after every
 * kill, each finished result that was not replaced exists, byte for byte. {@code
 * -Dmskd.test.kills=50} sets the number of kills; the profile {@code kills} uses that.
 */
@Timeout(3600)
class ChangedAndKilledTest {
  private static final int KILLS = Integer.getInteger("mskd.test.kills", 5);
  private static final long LONGEST_SECONDS = 6;

  @TempDir Path root;
  private final long seed = Long.getLong("mskd.test.seed", new SplittableRandom().nextLong());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final List<String> history = new ArrayList<>();
  private int runs;

  /** The settings that a user changes between two runs. */
  private record Choice(int threads, int epochs, double featureWeight, boolean otherScan) {
    static final Choice FIRST = new Choice(2, 1, 10, false);

    /** With one thing changed. */
    Choice next(SplittableRandom random) {
      return switch (random.nextInt(5)) {
        case 0 -> new Choice(3 - threads, epochs, featureWeight, otherScan);
        case 1 -> new Choice(threads, 3 - epochs, featureWeight, otherScan);
        case 2 -> new Choice(threads, epochs, 15 - featureWeight, otherScan);
        case 3 -> new Choice(threads, epochs, featureWeight, !otherScan);
        default -> this;
      };
    }
  }

  private PhantomExperiment experiment(Choice choice) throws IOException {
    Training training =
        new Training(2, 8, choice.epochs, 1e-2, 0.5, 0, Plateau.NNUNET, Adam.NNUNET, 1);
    PhantomExperiment experiment =
        new PhantomExperiment(
            root.resolve("disturbed"),
            training,
            TeacherOutputs.DEFAULT,
            new RunOptions(3, List.of(), false, 1, 1));
    scan(experiment, choice.otherScan);
    return experiment;
  }

  /** The first unlabelled scan, or the second in its place. */
  private static void scan(PhantomExperiment experiment, boolean other) throws IOException {
    Path loose = experiment.root().resolve("loose");
    if (!Files.exists(loose)) {
      Files.createDirectories(loose);
    }
    Path images = experiment.root().resolve("more/liver/imagesTr");
    Path source = images.resolve(other ? "liver-002.nii.gz" : "liver-001.nii.gz");
    Path target = loose.resolve("scan.nii.gz");
    if (!Files.exists(target) || Files.mismatch(source, target) >= 0) {
      Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Process start(PhantomExperiment experiment, Choice choice) throws IOException {
    return experiment.start(
        experiment.requestWithLooseScans(
            Goal.RUN, choice.threads, Distillation.DEFAULT.withFeatureWeight(choice.featureWeight)),
        "run-" + ++runs);
  }

  private String description() {
    return "seed " + seed + ": " + String.join("; ", history);
  }

  @Test
  void whatWasFinishedAndNotReplacedIsThereAfterEveryKill() throws Exception {
    Choice choice = Choice.FIRST;
    PhantomExperiment experiment = experiment(choice);
    complete(experiment, choice);
    FinishedResults before = FinishedResults.in(experiment.output());
    assertTrue(before.stamps().size() >= 9, before.stamps().keySet()::toString);
    for (int kill = 0; kill < KILLS; kill++) {
      choice = choice.next(random);
      experiment = experiment(choice);
      Process worker = start(experiment, choice);
      double seconds = LONGEST_SECONDS * random.nextDouble();
      boolean done = worker.waitFor((long) (seconds * 1e6), TimeUnit.MICROSECONDS);
      worker.destroyForcibly().waitFor();
      history.add("%s killed after %.3f s%s".formatted(choice, seconds, done ? ", done" : ""));
      before = assertKept(before, FinishedResults.in(experiment.output()));
    }
    complete(experiment, choice);
    assertKept(before, FinishedResults.in(experiment.output()));
    complete(experiment(Choice.FIRST), Choice.FIRST);
    assertSameAsUndisturbed(experiment(Choice.FIRST));
  }

  private void complete(PhantomExperiment experiment, Choice choice) throws Exception {
    assertEquals(
        ExitCode.DONE,
        start(experiment, choice).waitFor(),
        () -> description() + "\n" + read(experiment.log()));
  }

  /** One run replaces a stage's result at most once, and keeps that of a teacher or a student. */
  private FinishedResults assertKept(FinishedResults before, FinishedResults now) {
    before
        .stamps()
        .forEach(
            (stage, stamp) -> {
              StageStamp standing = now.stamps().get(stage);
              assertTrue(standing != null, stage + " has no result any more. " + description());
              boolean model = stage.equals("teacher/liver") || stage.startsWith("student/");
              if (model || standing.equals(stamp)) {
                assertEquals(
                    List.of(), outside(stage, now.missing(stamp)), stage + ". " + description());
              }
              assertEquals(
                  List.of(),
                  outside(stage, now.missing(standing)),
                  stage + " stands. " + description());
            });
    now.kept()
        .forEach(
            (stage, stamps) -> {
              assertTrue(
                  stamps.size() <= 2, stage + " keeps " + stamps.size() + ". " + description());
              stamps.forEach(
                  stamp ->
                      assertEquals(
                          List.of(), now.missing(stamp), stage + " is kept. " + description()));
            });
    return now;
  }

  /** Phantoms lie elsewhere. */
  private static List<String> outside(String stage, List<String> missing) {
    return stage.equals("phantoms") ? List.of() : missing;
  }

  private void assertSameAsUndisturbed(PhantomExperiment disturbed) throws Exception {
    PhantomExperiment undisturbed =
        new PhantomExperiment(
            root.resolve("undisturbed"),
            disturbed.training(),
            disturbed.teacherOutputs(),
            disturbed.options());
    scan(undisturbed, false);
    complete(undisturbed, Choice.FIRST);
    List<String> different =
        disturbed.differences(undisturbed).stream()
            .filter(path -> !path.startsWith("mskd/kept/") && !path.startsWith("mskd/checkpoints/"))
            .filter(
                path -> !path.endsWith("/training.ckpt")) // a restored model has none of its own
            .toList();
    assertEquals(List.of(), different, description());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
