package org.mskd.pipeline.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this library. */
final class LibraryVersion {
  private static final String PROPERTIES = "/META-INF/maven/org.mskd/mskd-samegraph/pom.properties";

  private LibraryVersion() {}

  /** The version of the jar; {@code development} for a folder of classes. */
  static String text() {
    Properties properties = new Properties();
    try (InputStream in = LibraryVersion.class.getResourceAsStream(PROPERTIES)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      return "unknown";
    }
    return properties.getProperty("version", "development");
  }
}
