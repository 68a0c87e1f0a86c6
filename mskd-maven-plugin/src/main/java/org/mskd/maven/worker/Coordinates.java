package org.mskd.maven.worker;

import java.util.Arrays;
import java.util.List;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.mskd.problem.BadInputException;

/**
 * A jar in a repository.
 *
 * @param groupId group
 * @param artifactId artifact
 * @param version version
 * @param classifier classifier; empty for the main jar
 */
public record Coordinates(String groupId, String artifactId, String version, String classifier) {
  private static final String ND4J = "org.nd4j";

  /**
   * Parses {@code groupId:artifactId[:version[:classifier]]}, several separated by commas or
   * blanks.
   *
   * @param text value of {@code <backend>}
   * @param nd4jVersion the version of {@code org.nd4j} artifacts given without one
   * @throws BadInputException if it has another form
   */
  static List<Coordinates> parse(String text, String nd4jVersion) {
    return Arrays.stream(text.strip().split("[\\s,]+"))
        .map(one -> parseOne(text, one, nd4jVersion))
        .toList();
  }

  private static Coordinates parseOne(String text, String one, String nd4jVersion) {
    String[] parts = one.split(":", -1);
    boolean blank = Arrays.stream(parts).anyMatch(String::isBlank);
    if (blank || parts.length < 2 || parts.length > 4) {
      throw new BadInputException(
          "<backend> is " + text + ".",
          "Allowed is auto, or groupId:artifactId[:version[:classifier]] such as"
              + " org.nd4j:nd4j-cuda-11.6-platform; change the element or -Dmskd.backend.");
    }
    if (parts.length == 2 && !parts[0].equals(ND4J)) {
      throw new BadInputException(
          "<backend> names " + one + " without a version.",
          "Add one: " + one + ":VERSION; only artifacts of " + ND4J + " have a default.");
    }
    return new Coordinates(
        parts[0],
        parts[1],
        parts.length > 2 ? parts[2] : nd4jVersion,
        parts.length > 3 ? parts[3] : "");
  }

  /** Those of an artifact, with the version as it was asked for. */
  static Coordinates of(Artifact artifact) {
    return new Coordinates(
        artifact.getGroupId(),
        artifact.getArtifactId(),
        artifact.getBaseVersion(),
        artifact.getClassifier());
  }

  /** ONNX Runtime, with its natives for all platforms. */
  public static Coordinates onnxRuntime(Versions versions) {
    return new Coordinates("com.microsoft.onnxruntime", "onnxruntime", versions.onnxruntime(), "");
  }

  /** The main jar that belongs to a jar with a classifier. */
  Coordinates mainJar() {
    return new Coordinates(groupId, artifactId, version, "");
  }

  Artifact toArtifact() {
    return new DefaultArtifact(groupId, artifactId, classifier, "jar", version);
  }

  @Override
  public String toString() {
    return groupId
        + ":"
        + artifactId
        + ":"
        + version
        + (classifier.isEmpty() ? "" : ":" + classifier);
  }
}
