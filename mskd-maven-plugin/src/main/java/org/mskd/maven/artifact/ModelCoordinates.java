package org.mskd.maven.artifact;

import java.util.regex.Pattern;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.mskd.problem.BadInputException;

/**
 * A model in a repository, an artifact of the type {@code mskd}.
 *
 * @param groupId group
 * @param artifactId artifact
 * @param classifier which of the models of one project it is; empty for the main one
 * @param version version, of a snapshot as it was asked for
 */
public record ModelCoordinates(
    String groupId, String artifactId, String classifier, String version) {
  /** The type of artifacts that are model archives, and the extension of their files. */
  public static final String TYPE = "mskd";

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.-]+(?::[A-Za-z0-9_.-]+){2,4}");

  private static final Pattern MOVING = Pattern.compile("LATEST|RELEASE");

  /** Whether a text has the form of coordinates: three to five parts between colons. */
  public static boolean isCoordinates(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * Parses {@code groupId:artifactId[:mskd[:classifier]]:version}, as Maven's resolver writes it.
   *
   * @throws BadInputException if it has another form, another type, or a version that names another
   *     artifact tomorrow
   */
  public static ModelCoordinates parse(String text) {
    if (!isCoordinates(text)) {
      throw new BadInputException(
          "'" + text + "' is not the coordinates of a model.",
          "Write groupId:artifactId:version, such as org.hospital:liver-teacher:1.2, or"
              + " groupId:artifactId:mskd:classifier:version.");
    }
    String[] parts = text.split(":");
    if (parts.length > 3 && !parts[2].equals(TYPE)) {
      throw new BadInputException(
          text + " is an artifact of the type " + parts[2] + ".",
          "Models are of the type mskd: write groupId:artifactId:version, or with a classifier"
              + " groupId:artifactId:mskd:classifier:version.");
    }
    String version = parts[parts.length - 1];
    if (MOVING.matcher(version).matches()) {
      throw new BadInputException(
          text + " has no fixed version.",
          "Name a version: a result could not be repeated with whatever is the latest one.");
    }
    return new ModelCoordinates(parts[0], parts[1], parts.length == 5 ? parts[3] : "", version);
  }

  /** The artifact to be resolved. */
  Artifact toArtifact() {
    return new DefaultArtifact(groupId, artifactId, classifier, TYPE, version);
  }

  /** Coordinates of an artifact of any type, in the shortest form for a model. */
  static String text(Artifact artifact) {
    return artifact.getExtension().equals(TYPE)
        ? new ModelCoordinates(
                artifact.getGroupId(),
                artifact.getArtifactId(),
                artifact.getClassifier(),
                artifact.getVersion())
            .toString()
        : artifact.toString();
  }

  /** In the shortest form, without the type if there is no classifier. */
  @Override
  public String toString() {
    return classifier.isEmpty()
        ? String.join(":", groupId, artifactId, version)
        : String.join(":", groupId, artifactId, TYPE, classifier, version);
  }
}
