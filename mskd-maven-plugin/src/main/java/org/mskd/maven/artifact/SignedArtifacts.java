package org.mskd.maven.artifact;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.mskd.problem.BadInputException;

/**
 * Checks artifacts with the signatures that were deployed beside them: that of {@code
 * g:a:mskd:liver:1.2} is {@code g:a:mskd.asc:liver:1.2}, as the maven-gpg-plugin attaches it.
 */
final class SignedArtifacts {
  private static final String TYPE = "mskd";
  private static final String SIGNATURE = ".asc";

  /** Groups, artifact and version; then the type, and the classifier. */
  private static final int SHORTEST = 3;

  private final SignatureCheck check;
  private final Function<String, Path> artifacts;

  /**
   * @param artifacts the file of an artifact by its coordinates; a {@link BadInputException} where
   *     there is none
   */
  SignedArtifacts(SignatureCheck check, Function<String, Path> artifacts) {
    this.check = check;
    this.artifacts = artifacts;
  }

  /**
   * Checks an artifact.
   *
   * @param coordinates {@code g:a:v}, {@code g:a:mskd:v} or {@code g:a:mskd:classifier:v}
   * @param file its file
   * @return signer and digest, as {@link SignatureCheck#check}
   * @throws BadInputException as there, or if it has no signature
   */
  SignedFile check(String coordinates, Path file) {
    Path signature;
    try {
      signature = artifacts.apply(signatureOf(coordinates));
    } catch (BadInputException e) {
      throw new BadInputException(
          coordinates + " has no signature, which <trustedKeys> require. " + e.problem(),
          "Ask whoever deployed it to sign it with the maven-gpg-plugin. Without <trustedKeys>"
              + " nothing is checked.",
          e);
    }
    return check.check(file, signature, coordinates);
  }

  /**
   * The coordinates of an artifact's signature.
   *
   * @throws IllegalArgumentException if these are no coordinates
   */
  static String signatureOf(String coordinates) {
    String[] parts = coordinates.split(":", -1);
    if (parts.length < SHORTEST || parts.length > SHORTEST + 2) {
      throw new IllegalArgumentException(coordinates);
    }
    String type = parts.length == SHORTEST ? TYPE : parts[2];
    String[] rest = Arrays.copyOfRange(parts, Math.min(SHORTEST, parts.length - 1), parts.length);
    return parts[0] + ":" + parts[1] + ":" + type + SIGNATURE + ":" + String.join(":", rest);
  }
}
