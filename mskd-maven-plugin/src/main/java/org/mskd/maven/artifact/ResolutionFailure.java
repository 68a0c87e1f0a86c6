package org.mskd.maven.artifact;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.transfer.ArtifactTransferException;

/**
 * Why artifacts could not be resolved: which are missing, and the repository that refused access.
 */
public final class ResolutionFailure {
  /** What the transports of Maven 3.8, 3.9 and 4 report for a status of 401, 403 or 407. */
  private static final Pattern REFUSED =
      Pattern.compile(
          "\\b(?:401|403|407)\\b|authentication failed|authorization failed|not authorized"
              + "|unauthorized|forbidden|access denied");

  private static final int MOST_CAUSES = 20;

  private final RepositoryException exception;
  private final Set<String> missing = new LinkedHashSet<>();
  private Optional<RemoteRepository> refusing = Optional.empty();

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
    return refusal()
        .orElseGet(
            () ->
                "The worker's class path could not be resolved: "
                    + message()
                    + ". Check the network and the repositories"
                    + backend.map(b -> ", and <backend>: " + b).orElse("")
                    + (isKept() ? "; mvn -U tries again at once" : "")
                    + ".");
  }

  /** What to do where a repository refused access. */
  Optional<String> refusal() {
    return refusing.map(this::refused);
  }

  /** Whether Maven has kept an earlier failure and did not try again. */
  boolean isKept() {
    return message().contains("cached in the local repository");
  }

  private String refused(RemoteRepository repository) {
    return "The repository %s (%s) refused access to %s: %s. Add a <server> with <id>%s</id>, <username> and <password> to settings.xml, or correct it. The id of a <mirror> is its own."
        .formatted(
            repository.getId(),
            repository.getUrl(),
            String.join(", ", missing),
            message(),
            repository.getId());
  }

  private String message() {
    return String.valueOf(exception.getMessage()).replaceFirst("\\.$", "");
  }

  private void collect(Throwable e, int depth) {
    if (e == null || depth > MOST_CAUSES) {
      return;
    }
    if (e instanceof ArtifactTransferException transfer) {
      missing.add(name(transfer.getArtifact()));
      if (REFUSED.matcher(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT)).find()) {
        refusing = refusing.or(() -> Optional.ofNullable(transfer.getRepository()));
      }
    } else if (e instanceof ArtifactResolutionException resolution) {
      for (ArtifactResult result : resolution.getResults()) {
        if (!result.isResolved()) {
          missing.add(name(result.getRequest().getArtifact()));
          result.getExceptions().forEach(cause -> collect(cause, depth + 1));
        }
      }
    } else if (e instanceof DependencyCollectionException collection) {
      collection.getResult().getExceptions().forEach(cause -> collect(cause, depth + 1));
    }
    collect(e.getCause(), depth + 1);
  }

  private static String name(Artifact artifact) {
    String classifier = artifact.getClassifier().isEmpty() ? "" : ":" + artifact.getClassifier();
    return String.join(
            ":", artifact.getGroupId(), artifact.getArtifactId(), artifact.getBaseVersion())
        + classifier
        + (artifact.getExtension().equals("pom") ? " (POM)" : "");
  }
}
