package org.mskd.pipeline.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.event.ExitCode;

/**
 * Replaces the worker of one stage: its last argument, the stage's id, selects an action in the
 * folder of the first argument.
 */
final class FakeStageWorker {
  private FakeStageWorker() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    String id = arguments[1];
    Files.writeString(folder.resolve("began-" + id), "");
    int exitCode = 0;
    try (EventLog events = EventLog.onStandardOutput()) {
      System.out.print("chatter without an end");
      System.out.flush();
      events.report(new Event.StageStarted(id, 1));
      switch (id.replaceFirst("-.*", "")) {
        case "meet" -> {
          while (count(folder, "began-meet") < 2) {
            Thread.sleep(20);
          }
        }
        case "two" -> {
          Path here = Files.writeString(folder.resolve("here-" + id), "");
          exitCode = count(folder, "here-") > 2 ? 99 : 0;
          Thread.sleep(100);
          Files.delete(here);
        }
        case "bad" -> {
          while (count(folder, "began-wait") < 1) {
            Thread.sleep(20);
          }
          events.report(new Event.Failed("a.nii is cut short.", "Copy it again."));
          exitCode = ExitCode.BAD_INPUT;
        }
        case "wait" -> {
          System.in.readAllBytes();
          Files.writeString(folder.resolve("ended-" + id), "");
          exitCode = ExitCode.CANCELLED;
        }
        case "exit" -> exitCode = Integer.parseInt(id.substring(5));
        default -> throw new IllegalArgumentException(id);
      }
      events.report(new Event.StageDone(id, 1, Double.NaN));
    }
    System.exit(exitCode);
  }

  private static int count(Path folder, String beginning) throws Exception {
    try (var files = Files.list(folder)) {
      return (int)
          files.filter(file -> file.getFileName().toString().startsWith(beginning)).count();
    }
  }
}
