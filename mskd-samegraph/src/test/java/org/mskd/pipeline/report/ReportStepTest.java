package org.mskd.pipeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.ReportImages;
import org.mskd.pipeline.EventTexts;
import org.mskd.pipeline.StageRuns;
import org.mskd.pipeline.TinyExperiment;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.event.RunEvents;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.ReportOptions;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;

/** The report of a real experiment. The last test destroys its results. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReportStepTest {
  @TempDir private static Path root;
  private static Path output;

  private static WorkerRequest request(Goal goal, ReportOptions report) {
    WorkerRequest tiny =
        new TinyExperiment(root, List.of("liver", "spleen")).request(goal, output, 1);
    return tiny.withOptions(RunOptions.DEFAULT.reporting(report));
  }

  private static WorkerRequest request(Goal goal) {
    return request(goal, ReportOptions.DEFAULT);
  }

  @BeforeAll
  static void run() throws IOException {
    output = root.resolve("out");
    WorkerRequest request = request(Goal.RUN);
    List<Event> happened = StageRuns.locked(request);
    StageTimes.add(output, happened);
    try (EventLog events = EventLog.openAt(root.resolve("report.jsonl"))) {
      new ReportStep(request).write("tiny", happened, events);
    }
  }

  /** Writes a report with a log of its own, and returns the warnings. */
  private static List<String> write(WorkerRequest request) {
    Path log = root.resolve("other.jsonl");
    try (EventLog events = EventLog.openAt(log)) {
      new ReportStep(request).write("tiny", List.of(), events);
    }
    List<Event> happened = RunEvents.read(log);
    List<String> warnings = EventTexts.warnings(happened);
    assertEquals(happened.size(), warnings.size(), happened::toString);
    return warnings;
  }

  private static String index() throws IOException {
    return Files.readString(output.resolve("report/index.html"));
  }

  @Test
  @Order(1)
  void holdsScoresPicturesCurvesAndTheRun() throws IOException {
    String text = index();
    for (String wanted :
        List.of(
            "<h1>tiny</h1>",
            "data-chart=\"organ-2\"",
            "data-chart=\"network-3\"",
            "methods/mskd/history.csv",
            "<td>liver</td><td>liver</td><td>1</td>",
            "<th scope=\"row\">teacher liver</th><td>ran</td><td>",
            "<th scope=\"row\">training.iterationsPerEpoch</th><td>6</td>",
            "<th scope=\"row\">os.name</th>",
            "cases/1.html")) {
      assertTrue(text.contains(wanted), wanted);
    }
    assertFalse(text.contains(root.toString()), "no paths of this machine");
    Set<String> pictures = new TreeSet<>();
    try (var files = Files.list(output.resolve("report/cases/1"))) {
      files.forEach(file -> pictures.add(file.getFileName().toString()));
    }
    assertEquals(
        Set.of("slices.js", "strip-0.jpg", "strip-1.jpg", "strip-2.jpg"),
        pictures,
        "reference, teachers and mskd");
    assertEquals(
        Files.readString(output.resolve("evaluation/metrics.json")),
        Files.readString(output.resolve("report/data/metrics.json")));
    assertEquals(7, Files.readAllLines(output.resolve("teachers/liver/history.csv")).size());
  }

  @Test
  @Order(2)
  void isCurrentUntilResultsOrOptionsChange() {
    assertTrue(new ReportStep(request(Goal.RUN)).isCurrent());
    ReportOptions none = new ReportOptions(ReportImages.NONE, 1);
    assertFalse(new ReportStep(request(Goal.RUN, none)).isCurrent());
    assertFalse(new ReportStep(request(Goal.REPORT)).isCurrent(), "written whenever asked for");
    assertTrue(new ReportStep(request(Goal.EVALUATE)).isCurrent(), "no report is wanted");
    assertTrue(StageTimes.read(output).get("teacher liver") > 0);
  }

  @Test
  @Order(3)
  void theGoalShowsWhatIsUpToDate() throws IOException {
    assertEquals(
        List.of(), write(request(Goal.REPORT, new ReportOptions(ReportImages.NONE, 1 << 20))));
    assertTrue(index().contains("<th scope=\"row\">teacher liver</th><td>up to date</td><td>"));
    assertFalse(Files.exists(output.resolve("report/cases/1/strip-0.jpg")));
    assertFalse(index().contains("Not all results are those"));
  }

  @Test
  @Order(4)
  void theGoalSaysWhichResultsAreNotThoseOfTheConfiguration() throws IOException {
    WorkerRequest given = request(Goal.REPORT);
    WorkerRequest changed =
        given.withExperiment(given.experiment().orElseThrow().toBuilder().seed(2).build());
    assertEquals(List.of(), write(changed));
    assertTrue(
        index()
            .contains(
                "Not all results are those of the present configuration and data: mskd:run would"
                    + " run teacher liver, teacher spleen, "));
    assertFalse(index().contains(root.toString()), "no paths of this machine");
  }

  @Test
  void textsHaveNamesOfFoldersInsteadOfPaths() {
    ShortPaths shorter = new ShortPaths(request(Goal.RUN).experiment().orElseThrow(), output);
    assertEquals(
        "out/stages/x.json and liver/imagesTr/a.nii.gz",
        shorter.apply(
            output.resolve("stages/x.json")
                + " and "
                + root.resolve("drawn/liver/imagesTr/a.nii.gz")));
  }

  @Test
  @Order(5)
  void aRunWhoseReportFailsWarnsAndTheGoalFails() throws IOException {
    Path prediction = output.resolve("predictions/mskd/test-001.nii.gz");
    Files.delete(prediction);
    List<String> warnings = write(request(Goal.RUN));
    assertEquals(1, warnings.size());
    assertTrue(
        warnings.get(0).startsWith("The report could not be written: "), warnings.toString());
    assertTrue(warnings.get(0).contains(prediction.toString()), warnings.toString());
    BadInputException e = assertThrows(BadInputException.class, () -> write(request(Goal.REPORT)));
    assertTrue(e.problem().contains(prediction.toString()), e.problem());
    assertFalse(new ReportStep(request(Goal.RUN)).isCurrent(), "an unfinished report");
  }
}
