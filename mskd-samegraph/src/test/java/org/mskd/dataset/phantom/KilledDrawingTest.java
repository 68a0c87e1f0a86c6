package org.mskd.dataset.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.TestJvm;
import org.mskd.experiment.Phantoms;

/** Another JVM that is killed at any time. */
@Timeout(300)
class KilledDrawingTest {
  private static final int KILLS = 12;

  @TempDir private Path temp;

  @Test
  void aKillAtAnyTimeLosesNoFinishedPhantoms() throws Exception {
    long seed = Long.getLong("mskd.test.seed", System.nanoTime());
    System.out.println("KilledDrawingTest: -Dmskd.test.seed=" + seed);
    Random random = new Random(seed);
    Drawn drawn = new Drawn(temp.resolve("fresh"));
    Path folder = temp.resolve("phantoms");
    Phantoms first = DrawingProcess.first(folder);
    Phantoms second = DrawingProcess.second(folder);
    PhantomMaker.make(first, Drawn.QUIET);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process =
          new ProcessBuilder(TestJvm.command("512m", DrawingProcess.class, folder.toString()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      assertEquals('r', process.getInputStream().read());
      Thread.sleep(random.nextInt(1500));
      assertTrue(process.isAlive());
      process.destroyForcibly().waitFor();
      String when = "seed " + seed + ", kill " + kill;
      assertTrue(
          drawn.isSomewhere(first, folder) || drawn.isSomewhere(second, folder),
          () -> when + " lost both: " + Drawn.files(folder).keySet());
      if (random.nextBoolean()) {
        Phantoms next = random.nextBoolean() ? first : second;
        PhantomMaker.make(next, Drawn.QUIET);
        assertEquals("", drawn.difference(next, Map.of(), folder), when);
      }
    }
  }
}
