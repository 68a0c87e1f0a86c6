package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** JVMs of builds that are ended at various moments of their goal. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class CancelHookTest {
  /** A goal: its argument selects how far it goes, then it waits to be ended. */
  static final class Goal {
    private Goal() {}

    public static void main(String[] arguments) throws Exception {
      CancelHook hook = new CancelHook(System.out::println);
      if (!arguments[0].equals("preparing")) {
        hook.ended(false, "Done.");
      }
      if (arguments[0].equals("reported")) {
        System.out.println("Done. Next.");
        hook.isReported();
      }
      if (arguments[0].equals("closed")) {
        hook.close();
      }
      System.out.println("ready");
      new CountDownLatch(1).await();
    }
  }

  private static List<String> linesAfterReady(String moment) throws Exception {
    Process goal =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Goal.class.getName(),
                moment)
            .redirectErrorStream(true)
            .start();
    var out = goal.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    while (line != null && !line.equals("ready")) {
      line = out.readLine();
    }
    assertTrue(goal.toHandle().destroy());
    List<String> after = out.lines().toList();
    assertTrue(goal.waitFor(20, TimeUnit.SECONDS), "it does not end");
    return after;
  }

  @Test
  void beforeAWorkerRunsNothingWasDone() throws Exception {
    assertEquals(List.of("Cancelled before anything was done."), linesAfterReady("preparing"));
  }

  @Test
  void aRunThatHasJustEndedIsReportedOnce() throws Exception {
    assertEquals(List.of("Done."), linesAfterReady("ended"));
    assertEquals(List.of(), linesAfterReady("reported"));
    assertEquals(List.of(), linesAfterReady("closed"));
  }
}
