package org.mskd.maven.worker;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mskd.maven.config.WorkerSettings;

/**
 * Chooses the ND4J backend: coordinates given by {@code <backend>}, else an ND4J backend among the
 * plugin's own dependencies, else {@code nd4j-native} with natives that this CPU can run. The
 * oneDNN natives make a training step about twenty times faster than the plain ones.
 */
public final class BackendSelector {
  private static final String ND4J = "org.nd4j";
  private static final String NATIVE = "nd4j-native";
  private static final String BYTEDECO = "org.bytedeco";

  /**
   * Platforms for which Maven Central has the natives of all libraries in the versions used here.
   */
  private static final Set<String> CURRENT_PLATFORMS =
      Set.of("linux-x86_64", "linux-arm64", "macosx-x86_64", "macosx-arm64", "windows-x86_64");

  private final Versions versions;
  private final Platform platform;
  private final String classifier;

  BackendSelector(Versions versions, Platform platform, CpuFeatures cpu) {
    this(versions, platform, classifier(platform, cpu));
  }

  /** A selector of the natives with this classifier. */
  BackendSelector(Versions versions, Platform platform, String classifier) {
    this.versions = versions;
    this.platform = platform;
    this.classifier = classifier;
  }

  /** A selector for this machine. */
  public static BackendSelector ofThisMachine(Versions versions) {
    Platform platform = Platform.ofThisMachine();
    return new BackendSelector(versions, platform, CpuFeatures.ofThisMachine(platform));
  }

  /** The platform of the natives. */
  Platform platform() {
    return platform;
  }

  /** Whether a plugin dependency is an ND4J backend. */
  public static boolean isBackend(String artifactId) {
    return artifactId.startsWith(NATIVE) || artifactId.startsWith("nd4j-cuda");
  }

  /**
   * Chooses.
   *
   * @param setting {@code auto} or coordinates
   * @param pluginDependencies backends declared as dependencies of the plugin
   * @throws org.mskd.problem.BadInputException if the setting is not of that form
   */
  public Backend select(String setting, List<Coordinates> pluginDependencies) {
    if (!setting.equals(WorkerSettings.AUTO)) {
      return given(Coordinates.parse(setting, versions.nd4j()));
    }
    if (!pluginDependencies.isEmpty()) {
      return given(pluginDependencies);
    }
    Backend chosen = given(List.of(new Coordinates(ND4J, NATIVE, versions.nd4j(), classifier)));
    return new Backend(chosen.artifacts(), chosen.description(), warning());
  }

  /** A warning on an x86-64 Linux or Mac without AVX2, where the plain natives are chosen. */
  private Optional<String> warning() {
    boolean plain = platform.isX86() && classifier.equals(platform.name());
    return plain && !platform.name().startsWith("windows")
        ? Optional.of(
            "No AVX2 was detected on this processor, so ND4J's plain natives are used:"
                + " training is far slower than with its oneDNN natives.")
        : Optional.empty();
  }

  /** The classifier of the natives for this CPU; Maven Central has all of these for 1.0.0-M2.1. */
  static String classifier(Platform platform, CpuFeatures cpu) {
    if (platform.isX86() && platform.isLinux() && cpu.avx512()) {
      return platform.name() + "-onednn-avx512";
    }
    if (platform.isX86() && (platform.isLinux() || platform.isMac()) && cpu.avx2()) {
      return platform.name() + "-onednn-avx2";
    }
    return platform.name();
  }

  private Backend given(List<Coordinates> wanted) {
    Set<Coordinates> artifacts = new LinkedHashSet<>();
    for (Coordinates one : wanted) {
      artifacts.add(one.mainJar());
      artifacts.add(one);
    }
    withNatives(artifacts, "javacpp", versions.javacpp());
    if (wanted.stream().anyMatch(one -> one.artifactId().startsWith(NATIVE))) {
      withNatives(artifacts, "openblas", versions.openblas());
      // For other versions the jar may be missing, which would fail the build. ND4J's own
      // convolution needs none.
      if (CURRENT_PLATFORMS.contains(platform.name())) {
        withNatives(artifacts, "dnnl", versions.dnnl());
        withNatives(artifacts, "opencl", versions.opencl());
      }
    }
    String description =
        wanted.stream().map(Coordinates::toString).collect(Collectors.joining(","));
    return new Backend(new ArrayList<>(artifacts), description, Optional.empty());
  }

  private void withNatives(Set<Coordinates> artifacts, String artifactId, String version) {
    artifacts.add(new Coordinates(BYTEDECO, artifactId, version, ""));
    artifacts.add(new Coordinates(BYTEDECO, artifactId, version, platform.name()));
  }
}
