package org.mskd.volume;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files in a folder next to the checkout, not part of it; tests that need them are skipped
 * elsewhere.
 */
public final class SharedData {
  private SharedData() {}

  /** A file or folder under {@code ../shared/data}, seen from the repository's root. */
  public static Path at(String name) {
    Path folder = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("shared/data").resolve(name))) {
      folder = folder.getParent();
    }
    assumeTrue(folder != null, "skipped: no shared/data/" + name + " beside the repository");
    return folder.resolve("shared/data").resolve(name);
  }
}
