package org.mskd.maven.artifact;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;

/**
 * Why artifacts could not be resolved: which are missing, which repositories failed, and which one
 * refused access.
 */
public final class ResolutionFailure {
  private static final int MOST_CAUSES = 20;

  private final RepositoryException exception;
  private final Set<String> missing = new LinkedHashSet<>();
  private final Set<String> reasons = new LinkedHashSet<>();
  private Optional<RemoteRepository> refusing = Optional.empty();
  private boolean kept;

  /** Reads the exception and its causes. */
  public ResolutionFailure(RepositoryException exception) {
    this.exception = exception;
    collect(exception, 0);
  }

  /**
   * The problem with a class path, and what to do about it.
   *
   * @param offline whether Maven is offline
   * @param backend coordinates of the backend, if there is one
   * @param command the command that fetches all that goals need
   */
  public String text(boolean offline, Optional<String> backend, String command) {
    if (offline) {
      return "Maven is offline, and the local repository lacks "
          + (missing.isEmpty() ? message() : String.join(", ", missing))
          + ". Run "
          + command
          + " once without -o, with the same options and settings.xml: it fetches all that goals of"
          + " mskd need.";
    }
    return refusing
        .map(this::refused)
        .orElseGet(
            () ->
                "The worker's class path could not be resolved: "
                    + message()
                    + ". Check the network and the repositories"
                    + backend.map(b -> ", and <backend>: " + b).orElse("")
                    + (isKept() ? "; mvn -U tries again at once" : "")
                    + ".");
  }

  /** Whether all repositories answered that they lack the artifacts. */
  boolean isAbsence() {
    return reasons.isEmpty();
  }

  /**
   * What went wrong where, such as {@code from corp (https://repo.corp/maven): Connection refused}.
   */
  String reasons() {
    return String.join("; ", reasons);
  }

  /** What to do where a repository refused access. */
  Optional<String> access() {
    return refusing.map(ResolutionFailure::access);
  }

  /** Whether Maven has kept an earlier failure and did not try again. */
  boolean isKept() {
    return kept || message().contains("cached in the local repository");
  }

  private String refused(RemoteRepository repository) {
    return "The repository %s refused access to %s: %s. %s"
        .formatted(
            PublicUrls.of(repository), String.join(", ", missing), message(), access(repository));
  }

  private static String access(RemoteRepository repository) {
    return "Add a <server> with <id>"
        + repository.getId()
        + "</id>, <username> and <password> to settings.xml, or correct it. The id of a <mirror> is"
        + " its own.";
  }

  private String message() {
    return PublicUrls.in(String.valueOf(exception.getMessage())).replaceFirst("\\.$", "");
  }

  private void collect(Throwable e, int depth) {
    if (e == null || depth > MOST_CAUSES) {
      return;
    }
    if (e instanceof ArtifactTransferException transfer) {
      missing.add(name(transfer.getArtifact()));
      kept |= transfer.isFromCache();
      if (!(e instanceof ArtifactNotFoundException)) {
        FailedRepository failed = new FailedRepository(transfer);
        reasons.add(failed.text());
        refusing = refusing.or(failed::refusing);
      }
    } else if (e instanceof ArtifactResolutionException resolution) {
      for (ArtifactResult result : resolution.getResults()) {
        if (!result.isResolved()) {
          missing.add(name(result.getRequest().getArtifact()));
          result.getExceptions().forEach(cause -> collect(cause, depth + 1));
          result.getExceptions().forEach(this::collectOther);
        }
      }
    } else if (e instanceof DependencyCollectionException collection) {
      collection.getResult().getExceptions().forEach(cause -> collect(cause, depth + 1));
    }
    collect(e.getCause(), depth + 1);
  }

  /** Such as a checksum that the user demands: not known to mean that the artifact is absent. */
  private void collectOther(Exception e) {
    if (!(e instanceof ArtifactTransferException)) {
      reasons.add("from its repository: " + PublicUrls.in(String.valueOf(e.getMessage())));
    }
  }

  private static String name(Artifact artifact) {
    String classifier = artifact.getClassifier().isEmpty() ? "" : ":" + artifact.getClassifier();
    return String.join(
            ":", artifact.getGroupId(), artifact.getArtifactId(), artifact.getBaseVersion())
        + classifier
        + (artifact.getExtension().equals("pom") ? " (POM)" : "");
  }
}
