package org.mskd.file;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/**
 * No file that this process writes grows beyond a limit meanwhile, as on a full disk
 * (RLIMIT_FSIZE).
 */
public final class FileSizeLimit implements AutoCloseable {
  /** Sets the limit, or skips the test where it cannot be set. */
  public FileSizeLimit(long bytes) {
    Assumptions.assumeTrue(set(Long.toString(bytes)), "no prlimit to limit files with");
  }

  private static boolean set(String soft) {
    try {
      Process process =
          new ProcessBuilder(
                  "prlimit", "--pid=" + ProcessHandle.current().pid(), "--fsize=" + soft + ":")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (!set("unlimited")) {
      throw new IllegalStateException("the limit is still set");
    }
  }
}
