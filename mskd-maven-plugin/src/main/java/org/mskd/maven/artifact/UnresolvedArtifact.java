package org.mskd.maven.artifact;

import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.mskd.problem.BadInputException;

/**
 * The errors of an artifact that could not be resolved.
 *
 * @param kind model or signature
 * @param remotes the repositories that were tried
 */
record UnresolvedArtifact(String kind, Artifact artifact, List<RemoteRepository> remotes) {
  /** The problem where Maven is offline. */
  BadInputException offline() {
    return new BadInputException(
        "Maven is offline, and the local repository lacks the "
            + named()
            + (tried().isEmpty()
                ? "."
                : ", or has it from another repository than " + tried() + "."),
        "Run the same command once without -o.");
  }

  /** The problem where Maven asked the repositories. */
  BadInputException online(ResolutionFailure failure) {
    return failure.isAbsence() ? absent(failure) : failed(failure);
  }

  private BadInputException absent(ResolutionFailure failure) {
    return new AbsentArtifactException(
        "The "
            + named()
            + " was not found in the local repository"
            + (tried().isEmpty() ? "" : ", " + tried())
            + ".",
        "Check the coordinates, or add the <repository> that has it to the POM or to a profile of"
            + " settings.xml."
            + retry(failure));
  }

  private BadInputException failed(ResolutionFailure failure) {
    return new BadInputException(
        "The " + named() + " could not be fetched " + failure.reasons() + ".",
        failure
                .access()
                .orElse(
                    "Check the network and the repository, and <proxies>, <mirrors> and <servers>"
                        + " in settings.xml.")
            + retry(failure));
  }

  private static String retry(ResolutionFailure failure) {
    return failure.isKept() ? " mvn -U tries again at once." : "";
  }

  private String named() {
    return kind + " " + ModelCoordinates.text(artifact);
  }

  /** The repositories that may have an artifact of this version. */
  private String tried() {
    return remotes.stream()
        .filter(one -> one.getPolicy(artifact.isSnapshot()).isEnabled())
        .map(PublicUrls::of)
        .collect(Collectors.joining(", "));
  }
}
