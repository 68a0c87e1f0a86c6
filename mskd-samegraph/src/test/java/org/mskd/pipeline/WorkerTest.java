package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.TestJvm;
import org.mskd.dataset.phantom.PhantomMaker;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Phantoms;
import org.mskd.method.MskdMethod;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.worker.Worker;

/** The worker's own main in a JVM of its own, as the plugin starts it. */
@Timeout(120)
class WorkerTest {
  private static final String RUN = "this run";

  @TempDir Path folder;
  private Path output;
  private Path log;

  @BeforeEach
  void makeOutputFolder() throws IOException {
    output = Files.createDirectories(folder.resolve("mskd"));
    log = folder.resolve("worker.log");
  }

  private static Phantoms phantoms(Path directory, int subjects) {
    return new Phantoms(directory, List.of("liver"), subjects, 1, 64, 8, 1);
  }

  private WorkerRequest makePhantoms(int subjects) {
    return WorkerRequest.of(Goal.MAKE_PHANTOMS, output)
        .withPhantoms(phantoms(folder.resolve("phantoms"), subjects));
  }

  private static List<String> classpath() {
    return List.of(TestJvm.CLASS_PATH.split(File.pathSeparator));
  }

  private Process start(WorkerRequest request, List<String> classpath) throws IOException {
    Path runFolder = WorkerProcesses.runFolder(output, RUN);
    Files.writeString(runFolder.resolve("request.json"), ExperimentJson.write(request));
    return new ProcessBuilder(
            TestJvm.command(
                "256m",
                String.join(File.pathSeparator, classpath),
                Worker.class,
                runFolder.toString()))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private void assertEndsWith(int exitCode, Process worker) throws Exception {
    assertEquals(exitCode, worker.waitFor(), Files.readString(log));
  }

  private List<Event> events() throws IOException {
    // The last line of a worker that was stopped may lack its end.
    String text = Files.readString(WorkerProcesses.eventsOf(output, RUN));
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .map(line -> ExperimentJson.read(line, Event.class))
        .toList();
  }

  private Event.Failed failed() throws IOException {
    return (Event.Failed) events().get(events().size() - 1);
  }

  @Test
  void itReportsItsRunAndDoesTheWork() throws Exception {
    assertEndsWith(ExitCode.DONE, start(makePhantoms(1), classpath()));
    assertEquals(new Event.WorkerStarted(RUN), events().get(0));
    assertTrue(Files.isDirectory(folder.resolve("phantoms/liver/imagesTr")));
  }

  @Test
  void theExitCodeIsRightEvenIfEventsCannotBeWritten() throws Exception {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "no /dev/full on this system");
    WorkerProcesses.runFolder(output, RUN);
    Files.createSymbolicLink(WorkerProcesses.eventsOf(output, RUN), full);
    assertEndsWith(ExitCode.DISK_FULL, start(makePhantoms(1), classpath()));
    assertTrue(Files.readString(log).contains("events.jsonl could not be written"));
  }

  @Test
  void theEndOfItsInputStopsItMidStageAndTheNextRunCompletes() throws Exception {
    Process worker = start(makePhantoms(200), classpath());
    while (worker.isAlive() && !hasProgress()) {
      Thread.sleep(10);
    }
    worker.getOutputStream().close();
    assertEndsWith(ExitCode.CANCELLED, worker);
    assertTrue(events().stream().noneMatch(Event.StageDone.class::isInstance), "it was done");
    assertEndsWith(ExitCode.DONE, start(makePhantoms(2), classpath()));
    assertEquals(1, events().stream().filter(Event.StageDone.class::isInstance).count());
    try (var images = Files.list(folder.resolve("phantoms/liver/imagesTr"))) {
      assertEquals(2, images.count());
    }
  }

  private boolean hasProgress() throws IOException {
    return Files.exists(WorkerProcesses.eventsOf(output, RUN))
        && Files.readString(WorkerProcesses.eventsOf(output, RUN)).contains("\"progress\"");
  }

  @Test
  void badInputIsReportedBeforeAnyWork() throws Exception {
    Path absent = folder.resolve("absent");
    Experiment experiment =
        new ExperimentBuilder()
            .seed(1)
            .datasets(List.of(new DatasetSource("liver", absent, null)))
            .methods(List.of(MskdMethod.student(Distillation.DEFAULT)))
            .build();
    WorkerRequest request = WorkerRequest.of(Goal.PREPARE, output).withExperiment(experiment);
    assertEndsWith(ExitCode.BAD_INPUT, start(request, classpath()));
    assertTrue(failed().problem().contains(absent.toString()), failed()::toString);
    assertEquals(2, events().size(), "a stage began: " + events());
  }

  /** The check needs no tensors; its table comes before the failure. */
  @Test
  void dataWithErrorsAreShownInFullAndFailTheCheck() throws Exception {
    Path drawn = folder.resolve("phantoms");
    PhantomMaker.make(phantoms(drawn, 2), (id, done, of) -> {});
    Files.writeString(drawn.resolve("liver/imagesTr/liver-001.nii.gz"), "no volume");
    Experiment experiment =
        new ExperimentBuilder()
            .seed(1)
            .datasets(List.of(new DatasetSource("liver", drawn.resolve("liver"), null)))
            .methods(List.of(MskdMethod.student(Distillation.DEFAULT)))
            .build();
    WorkerRequest request = WorkerRequest.of(Goal.CHECK_DATA, output).withExperiment(experiment);
    List<String> without =
        classpath().stream().filter(jar -> !jar.contains("nd4j")).collect(Collectors.toList());
    assertEndsWith(ExitCode.BAD_INPUT, start(request, without));
    assertEquals("The data have 1 error, which is listed above.", failed().problem());
    assertTrue(
        events().contains(new Event.Message("1 data set, 2 scans: 1 error, 0 warnings.")),
        events()::toString);
    assertTrue(
        EventTexts.messages(events()).stream()
            .anyMatch(text -> text.startsWith("1. error: imagesTr/liver-001.nii.gz")),
        events()::toString);
  }

  @Test
  void aMissingBackendIsNamedBeforeAnyWork() throws Exception {
    List<String> without =
        classpath().stream()
            .filter(jar -> !Path.of(jar).getFileName().toString().startsWith("nd4j-native"))
            .collect(Collectors.toList());
    assertTrue(without.size() < classpath().size(), "the test has no backend to leave out");
    WorkerRequest request =
        WorkerRequest.of(Goal.DOCTOR, output).withBackend("a:backend:1", new TreeMap<>());
    assertEndsWith(ExitCode.BAD_INPUT, start(request, without));
    assertTrue(failed().problem().contains("a:backend:1 cannot be loaded"), failed()::toString);
    assertTrue(failed().remedy().contains("<backend>"), failed()::toString);
    assertTrue(failed().remedy().contains("mskd:doctor"), failed()::toString);
  }

  @Test
  void terminatedItEndsAsJvmsDo() throws Exception {
    Process worker = start(makePhantoms(200), classpath());
    while (worker.isAlive() && !hasProgress()) {
      Thread.sleep(10);
    }
    worker.destroy();
    assertTrue(worker.waitFor(30, TimeUnit.SECONDS));
    assertFalse(worker.exitValue() == ExitCode.DONE, "it ended as if all were done");
  }
}
