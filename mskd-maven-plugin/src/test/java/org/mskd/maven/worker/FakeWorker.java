package org.mskd.maven.worker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Replaces the worker: its first argument selects an action, the second is the output folder, the
 * third the run's folder.
 */
final class FakeWorker {
  private FakeWorker() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    Path run = Path.of(arguments[2]);
    if (arguments[0].startsWith("queue")) {
      write(run, "{\"event\":\"message\",\"text\":\"in use\"}");
    }
    if (!arguments[0].equals("queueForever") && !arguments[0].equals("queueAndEnd")) {
      write(run, "{\"event\":\"workerStarted\",\"run\":\"" + run.getFileName() + "\"}");
    }
    switch (arguments[0]) {
      case "queue" -> {
        System.out.println("lock taken");
        write(run, "{\"event\":\"message\",\"text\":\"hello\"}");
      }
      case "queueForever" -> {
        System.in.readAllBytes();
        System.exit(130);
      }
      case "queueAndEnd" -> System.exit(143);
      case "exit" -> {
        write(run, "{\"event\":\"message\",\"text\":\"hello\"}");
        if (arguments.length > 4) {
          write(run, arguments[4]);
        }
        System.out.println("output of native code");
        System.err.println("the last line");
        System.exit(Integer.parseInt(arguments[3]));
      }
      case "echo" ->
          Files.write(
              folder.resolve("echo"),
              List.of(
                  String.join("\n", List.of(arguments).subList(3, arguments.length)),
                  "threads=" + System.getenv("OMP_NUM_THREADS"),
                  "spin=" + System.getenv("GOMP_SPINCOUNT"),
                  "given=" + System.getenv("GIVEN"),
                  "jvm=" + ManagementFactory.getRuntimeMXBean().getInputArguments(),
                  "offHeap=" + System.getProperty("org.bytedeco.javacpp.maxbytes")));
      case "wait" -> {
        write(run, "{\"event\":\"stageStarted\",\"stage\":\"wait\",\"steps\":1}");
        System.in.readAllBytes();
        Files.writeString(folder.resolve("ended"), "written");
        System.exit(130);
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void write(Path run, String line) throws IOException {
    Files.writeString(
        run.resolve("events.jsonl"),
        line + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
