package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code <trustedKeys>}. */
public final class TrustedKeysReader {
  private TrustedKeysReader() {}

  /** The file or folder of the keys; empty where signatures are not checked. */
  public static Optional<Path> read(Section root) {
    return root.value("trustedKeys").map(value -> value.asPath(root.basedir()));
  }
}
