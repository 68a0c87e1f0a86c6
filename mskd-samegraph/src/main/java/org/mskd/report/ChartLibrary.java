package org.mskd.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The script of the interactive charts, Apache ECharts, from its WebJar. */
final class ChartLibrary {
  private static final String PROPERTIES = "/META-INF/maven/org.webjars/echarts/pom.properties";
  private static final String SCRIPT = "/META-INF/resources/webjars/echarts/%s/echarts.min.js";

  private ChartLibrary() {}

  /** The bytes of the script, which begin with its licence. */
  static byte[] script() {
    Properties properties = new Properties();
    try (InputStream in = open(PROPERTIES)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (InputStream in = open(SCRIPT.formatted(properties.getProperty("version")))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) {
    InputStream in = ChartLibrary.class.getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException(path + " is not on the class path");
    }
    return in;
  }
}
