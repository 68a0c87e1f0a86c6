package org.mskd.maven.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The versions of the plugin and its dependencies, which the plugin's build writes into a resource.
 */
public final class Versions {
  private final Properties properties;

  private Versions(Properties properties) {
    this.properties = properties;
  }

  /** Reads the resource. */
  public static Versions load() {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Versions(properties);
  }

  /** The version of this plugin and of its library. */
  public String mskd() {
    return of("mskd");
  }

  String nd4j() {
    return of("nd4j");
  }

  String javacpp() {
    return of("javacpp");
  }

  String openblas() {
    return of("openblas");
  }

  String dnnl() {
    return of("dnnl");
  }

  String opencl() {
    return of("opencl");
  }

  String onnxruntime() {
    return of("onnxruntime");
  }

  String slf4j() {
    return of("slf4j");
  }

  private String of(String name) {
    String version = properties.getProperty(name);
    if (version == null || version.contains("${")) {
      throw new IllegalStateException("versions.properties was built without " + name);
    }
    return version;
  }
}
