package org.mskd.pipeline.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.TestJvm;
import org.mskd.pipeline.WorkerProcesses;

@Timeout(60)
class OutputLockTest {
  @TempDir private Path output;

  /** Exits with 0 where it gets the lock. */
  static final class Taker {
    private Taker() {}

    public static void main(String[] arguments) {
      System.exit(OutputLock.take(Path.of(arguments[0])) ? 0 : 1);
    }
  }

  private int another() throws Exception {
    return new WorkerProcesses(output)
        .start(TestJvm.command("256m", Taker.class, output.toString()), "taker")
        .waitFor();
  }

  @Test
  void aSecondTryOfTheSameProcessDoesNotLoseTheLock() throws Exception {
    assertTrue(OutputLock.take(output));
    assertFalse(OutputLock.take(output));
    assertEquals(1, another());
  }

  @Test
  void aDirectoryThatWasRemovedAndMadeAgainIsNotTheSame() throws Exception {
    assertTrue(OutputLock.take(output));
    assertTrue(OutputLock.isValid(output));
    Files.delete(output.resolve(".lock"));
    assertFalse(OutputLock.isValid(output));
    assertEquals(0, another());
    assertFalse(OutputLock.isValid(output), "the file there is another build's");
  }
}
