package org.mskd.benchmark;

import java.nio.file.Path;

/** The JVM that all sides run in: the one that runs Maven. */
final class Java {
  private Java() {}

  static String launcher() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
