package org.mskd.maven.artifact;

import java.nio.file.Path;
import org.eclipse.aether.resolution.ArtifactResult;
import org.mskd.problem.BadInputException;

/** Checks models with the signatures that were deployed beside them. */
final class SignedArtifacts {
  private final SignatureCheck check;
  private final ModelArtifacts models;

  SignedArtifacts(SignatureCheck check, ModelArtifacts models) {
    this.check = check;
    this.models = models;
  }

  /**
   * Checks a model.
   *
   * @param coordinates its name in messages
   * @return signer and digest, as {@link SignatureCheck#check}
   * @throws BadInputException as there, or if it has no signature, or whether it has one cannot be
   *     known
   */
  SignedFile check(ModelCoordinates coordinates, ArtifactResult model) {
    Path signature;
    try {
      signature = models.signature(model).getFile().toPath();
    } catch (AbsentArtifactException e) {
      throw new BadInputException(
          coordinates + " has no signature, which <trustedKeys> require. " + e.problem(),
          "Ask whoever deployed it to sign it with the maven-gpg-plugin; if it is signed by now,"
              + " mvn -U asks the repositories again. Without <trustedKeys> nothing is checked.",
          e);
    }
    return check.check(model.getArtifact().getFile().toPath(), signature, coordinates.toString());
  }
}
