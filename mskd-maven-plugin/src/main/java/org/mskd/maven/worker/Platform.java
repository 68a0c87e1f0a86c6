package org.mskd.maven.worker;

import java.util.Locale;

/**
 * An operating system and architecture, named as JavaCPP names them: {@code linux-x86_64}.
 *
 * @param name the name
 */
record Platform(String name) {
  static Platform ofThisMachine() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /** Converts Java's names. */
  static Platform of(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("mac") || os.startsWith("darwin")
            ? "macosx"
            : os.startsWith("windows") ? "windows" : os.startsWith("linux") ? "linux" : os;
    String arch =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64", "x64" -> "x86_64";
          case "aarch64", "arm64" -> "arm64";
          default -> osArch.toLowerCase(Locale.ROOT);
        };
    return new Platform(system + "-" + arch);
  }

  boolean isLinux() {
    return name.startsWith("linux-");
  }

  boolean isMac() {
    return name.startsWith("macosx-");
  }

  boolean isX86() {
    return name.endsWith("-x86_64");
  }

  /** Whether natives of this classifier are for this platform, with any extension. */
  boolean covers(String classifier) {
    return classifier.equals(name) || classifier.startsWith(name + "-");
  }

  /** Whether a classifier names a platform, and not sources or documentation. */
  static boolean isPlatform(String classifier) {
    return classifier.matches("(linux|macosx|windows|android|ios)-.*");
  }
}
