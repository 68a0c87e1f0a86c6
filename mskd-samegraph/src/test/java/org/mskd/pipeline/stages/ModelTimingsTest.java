package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.evaluation.TimingsFile;
import org.mskd.experiment.Method;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.stage.StageProgress;

/** Times of two teachers and of a student. */
class ModelTimingsTest {
  private static final List<String> MODELS = List.of(Method.TEACHERS, "mskd");

  @TempDir Path root;

  private Path write(Path folder, String model, String time, double seconds) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(TimingsFile.NAME);
    TimingsFile.write(file, model, time, seconds);
    return file;
  }

  private StageContext trained() throws IOException {
    StageContext context = new SmallExperiment(root).context();
    write(context.folders().teacher("liver"), "liver", TimingsFile.TRAINING, .25);
    write(context.folders().teacher("spleen"), "spleen", TimingsFile.TRAINING, .5);
    write(context.folders().method("mskd"), "mskd", TimingsFile.TRAINING, 2);
    write(context.folders().evaluation("mskd"), "mskd", TimingsFile.PREDICTION, 3);
    return context;
  }

  @Test
  void addsUpTheTeachersAndJoinsTrainingAndPrediction() throws IOException {
    StageContext context = trained();
    try (EventLog events = EventLog.open(root)) {
      StageProgress progress = new StageProgress(events, "metrics", 2);
      assertEquals(
          Map.of(
              Method.TEACHERS,
              Map.of(TimingsFile.TRAINING, .75),
              "mskd",
              Map.of(TimingsFile.TRAINING, 2.0, TimingsFile.PREDICTION, 3.0)),
          new ModelTimings(context, progress).of(MODELS));
      assertEquals(List.of(), progress.warnings());
    }
  }

  /** A by-product must not fail a run. */
  @ParameterizedTest
  @ValueSource(strings = {"", "{\"models\":{\"liver\"", "[]", "{\"schema\":1}"})
  void aDamagedFileCountsAsMissing(String damaged) throws IOException {
    StageContext context = trained();
    Path file = context.folders().teacher("liver").resolve(TimingsFile.NAME);
    Files.writeString(file, damaged);
    try (EventLog events = EventLog.open(root)) {
      StageProgress progress = new StageProgress(events, "metrics", 2);
      assertEquals(
          Map.of(
              Method.TEACHERS,
              Map.of(),
              "mskd",
              Map.of(TimingsFile.TRAINING, 2.0, TimingsFile.PREDICTION, 3.0)),
          new ModelTimings(context, progress).of(MODELS));
      assertEquals(1, progress.warnings().size());
      String warning = progress.warnings().get(0);
      assertTrue(warning.startsWith(file + " cannot be used: "), warning);
      assertTrue(warning.contains("timings.json. No result depends on the file"), warning);
      assertEquals(1, warning.lines().count(), warning);
    }
  }
}
