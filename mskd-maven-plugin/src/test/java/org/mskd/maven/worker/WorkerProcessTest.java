package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.file.AtomicFile;
import org.mskd.maven.config.JvmSettings;
import org.mskd.maven.config.MemorySize;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.request.RunOptions;

/** Real JVMs with a small main class. */
@Timeout(60)
class WorkerProcessTest {
  private static final String FAILED =
      "{\"event\":\"failed\",\"problem\":\"a.nii.gz is cut short.\",\"remedy\":\"Copy it again.\"}";

  @TempDir private Path temporary;
  private JvmSettings jvm =
      new JvmSettings(
          Map.of(),
          List.of("-Xmx64m", "-Xss600k", "-Dgiven=one two"),
          Map.of("GIVEN", "a b\n\"c\""));
  private final List<Event> events = new ArrayList<>();
  private final CancelHook hook = new CancelHook(line -> {});

  /** A folder whose name needs quoting. */
  private Path folder() throws Exception {
    return Files.createDirectories(temporary.resolve("out put # \"1\""));
  }

  private WorkerCommand command(String... arguments) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<Path> classpath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    List<String> all = new ArrayList<>(List.of(arguments));
    RunFiles files = RunFiles.in(folder());
    all.add(1, folder().toString());
    all.add(2, files.folder().toString());
    WorkerSettings settings =
        new WorkerSettings(
            3,
            "auto",
            new MemorySize(96),
            new MemorySize(500),
            folder(),
            Optional.empty(),
            jvm,
            RunOptions.DEFAULT);
    return new WorkerCommand(
        java.toString(), classpath, FakeWorker.class.getName(), all, settings, files);
  }

  private WorkerProcess process(WorkerCommand command) {
    return new WorkerProcess(command, hook);
  }

  @AfterEach
  void forgetHook() {
    hook.close();
  }

  private WorkerOutcome run(String... arguments) throws Exception {
    return process(command(arguments)).run(events::add);
  }

  private WorkerOutcome exit(int code, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("exit", Integer.toString(code)));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void argumentsAndEnvironmentArriveAsTheyWere() throws Exception {
    String odd = "a b\\c \"quoted\" 'single' #hash\ttab\nline $HOME *";
    assertDoesNotThrow(() -> run("echo", odd, "").check());
    List<String> lines = Files.readAllLines(folder().resolve("echo"));
    String all = String.join("\n", lines);
    assertTrue(all.startsWith(odd + "\n"), all);
    assertTrue(lines.contains("threads=3"), all);
    assertTrue(lines.contains("spin=1000"), all);
    assertTrue(all.contains("given=a b\n\"c\"\n"), all);
    // The options given come before the plugin's own, which take precedence.
    assertTrue(all.contains("-Xmx64m, -Xss600k, -Dgiven=one two, -Xmx96m,"), all);
    assertTrue(lines.contains("offHeap=500m"), all);
  }

  /** A JVM does not start with two collectors, so the plugin's own is then left out. */
  @Test
  void anotherCollectorReplacesThePluginsOwn() throws Exception {
    jvm = new JvmSettings(Map.of(), List.of("-XX:+UseParallelGC"), Map.of());
    assertDoesNotThrow(() -> run("echo", "").check());
    String all = Files.readString(folder().resolve("echo"));
    assertTrue(all.contains("-XX:+UseParallelGC") && all.contains("-Xmx96m"), all);
    assertFalse(all.contains("UseSerialGC") || all.contains("-Xmn"), all);
  }

  @Test
  void eventsArePassedOnAndOtherOutputGoesToTheLog() throws Exception {
    WorkerOutcome outcome = exit(ExitCode.DONE);
    assertDoesNotThrow(outcome::check);
    assertEquals(new Event.Message("hello"), events.get(1));
    assertEquals(2, events.size(), events.toString());
    String log = Files.readString(folder().resolve("logs/worker.log"));
    assertTrue(log.contains("output of native code"), log);
    assertTrue(log.contains("the last line"), log);
  }

  @Test
  void badInputFailsWithTheWorkersMessage() throws Exception {
    WorkerOutcome outcome = exit(ExitCode.BAD_INPUT, FAILED);
    assertEquals(
        "a.nii.gz is cut short. Copy it again.",
        assertThrows(MojoFailureException.class, outcome::check).getMessage());
  }

  @Test
  void aFailedGateIsAFailure() throws Exception {
    assertThrows(MojoFailureException.class, exit(ExitCode.GATE_FAILED, FAILED)::check);
  }

  @Test
  void outOfMemoryNamesTheLimits() throws Exception {
    WorkerOutcome outcome = exit(ExitCode.OUT_OF_MEMORY);
    String message = assertThrows(MojoFailureException.class, outcome::check).getMessage();
    for (String part : List.of("96m", "500m", "-Dmskd.maxHeap", "-Dmskd.maxOffHeap")) {
      assertTrue(message.contains(part), message + " lacks " + part);
    }
  }

  @Test
  void aCrashNamesTheLogAndItsLastLines() throws Exception {
    WorkerOutcome outcome = exit(134);
    String message = assertThrows(MojoExecutionException.class, outcome::check).getMessage();
    assertTrue(message.contains("exit code 134"), message);
    assertTrue(message.contains(folder().resolve("logs/worker.log").toString()), message);
    assertTrue(message.contains("the last line"), message);
  }

  @Test
  void aMissingJavaIsNamed() throws Exception {
    WorkerCommand good = command("exit", "0");
    WorkerCommand bad =
        new WorkerCommand(
            "/no/such/java",
            good.classpath(),
            good.mainClass(),
            good.arguments(),
            good.settings(),
            good.files());
    String message =
        assertThrows(MojoExecutionException.class, () -> process(bad).run(events::add))
            .getMessage();
    assertTrue(message.contains("/no/such/java"), message);
  }

  @Test
  void interruptingTheBuildEndsTheWorker() throws Exception {
    WorkerOutcome outcome = interrupted("wait", event -> event instanceof Event.StageStarted);
    assertEquals("written", Files.readString(folder().resolve("ended")));
    String message = assertThrows(MojoExecutionException.class, outcome::check).getMessage();
    assertTrue(message.startsWith("Cancelled during wait. "), message);
  }

  /** The outcome of a build that is interrupted at an event. */
  private WorkerOutcome interrupted(String action, Predicate<Event> when) throws Exception {
    WorkerCommand command = command(action);
    AtomicReference<WorkerOutcome> outcome = new AtomicReference<>();
    Thread build =
        new Thread(
            () -> {
              Thread self = Thread.currentThread();
              try (RunFiles files = command.files()) {
                outcome.set(
                    process(command)
                        .run(
                            event -> {
                              events.add(event);
                              if (when.test(event)) {
                                self.interrupt();
                              }
                            }));
              } catch (MojoExecutionException e) {
                throw new AssertionError(e);
              }
            });
    build.start();
    build.join();
    return outcome.get();
  }

  @Test
  void theEndOfItsInputEndsTheWorker() throws Exception {
    Process process = command("wait").toProcess().start();
    assertFalse(process.waitFor(300, java.util.concurrent.TimeUnit.MILLISECONDS));
    process.getOutputStream().close();
    assertEquals(ExitCode.CANCELLED, process.waitFor());
  }

  private void anotherBuildIsRunning() throws Exception {
    Files.writeString(
        folder().resolve("events.jsonl"),
        "{\"event\":\"workerStarted\",\"run\":\"other\"}\n" + FAILED + "\n");
    Files.createFile(folder().resolve(".lock"));
    Files.createDirectories(folder().resolve("logs"));
    Files.writeString(folder().resolve("logs/worker.log"), "the other's");
  }

  @Test
  void messagesOfAWaitingWorkerArePassedOnAndThenItsEvents() throws Exception {
    anotherBuildIsRunning();
    WorkerCommand command = command("queue");
    try (RunFiles files = command.files()) {
      WorkerOutcome outcome = process(command).run(events::add);
      assertDoesNotThrow(outcome::check);
      assertEquals(
          List.of(
              new Event.Message("in use"),
              new Event.WorkerStarted(files.name()),
              new Event.Message("hello")),
          events);
    }
    assertEquals(List.of("worker.log"), logs());
    assertTrue(Files.readString(folder().resolve("logs/worker.log")).contains("lock taken"));
  }

  private List<String> logs() throws Exception {
    try (var logs = Files.list(folder().resolve("logs"))) {
      return logs.map(file -> file.getFileName().toString()).toList();
    }
  }

  private void assertTheOthersFilesAreAsTheyWere() throws Exception {
    assertEquals("the other's", Files.readString(folder().resolve("logs/worker.log")));
    assertTrue(Files.readString(folder().resolve("events.jsonl")).contains("\"other\""));
    assertEquals(List.of("worker.log"), logs());
  }

  @Test
  void cancelledWhileWaitingItLeavesTheOthersEventsAndLog() throws Exception {
    anotherBuildIsRunning();
    WorkerOutcome outcome = interrupted("queueForever", event -> true);
    assertEquals(List.of(new Event.Message("in use")), events);
    assertTheOthersFilesAreAsTheyWere();
    String message = assertThrows(MojoExecutionException.class, outcome::check).getMessage();
    assertTrue(message.startsWith("Cancelled while waiting for the output directory"), message);
  }

  @Test
  void terminatedWhileWaitingItLeavesTheOthersLog() throws Exception {
    anotherBuildIsRunning();
    WorkerCommand command = command("queueAndEnd");
    try (RunFiles files = command.files()) {
      WorkerOutcome outcome = process(command).run(events::add);
      assertTrue(files.name().length() > 0);
      assertThrows(MojoExecutionException.class, outcome::check);
    }
    assertTheOthersFilesAreAsTheyWere();
  }

  @Test
  void aRunLeavesOneLogAndNoArguments() throws Exception {
    WorkerCommand command = command("exit", "0");
    try (RunFiles files = command.files()) {
      Files.writeString(files.request(), "{}");
      process(command).run(events::add);
    }
    try (var left = Files.walk(folder())) {
      List<String> names =
          left.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).sorted().toList();
      assertEquals(List.of(".mskd", "events.jsonl", "worker.log"), names);
    }
  }

  @Test
  void requestArgumentsAndLogAreTheOwnersOnlyWhileItRuns() throws Exception {
    WorkerCommand command = command("exit", "0");
    try (RunFiles files = command.files()) {
      AtomicFile.writePrivate(files.request(), out -> out.write('x'));
      command.toProcess();
      for (Path file : List.of(files.request(), files.arguments())) {
        assertEquals("rw-------", permissions(file), file.toString());
      }
      assertEquals("rwx------", permissions(files.folder()));
    }
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void whileItRunsWorkerLogIsItsLog() throws Exception {
    Path latest = folder().resolve("logs/worker.log");
    List<Boolean> shown = new ArrayList<>();
    process(command("exit", "0"))
        .run(
            event -> {
              if (event instanceof Event.Message) {
                shown.add(Files.exists(latest));
              }
            });
    assertEquals(List.of(true), shown);
  }
}
