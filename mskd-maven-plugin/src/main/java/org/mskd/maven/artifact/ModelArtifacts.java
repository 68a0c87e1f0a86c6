package org.mskd.maven.artifact;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.LocalArtifactRequest;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.mskd.problem.BadInputException;

/**
 * Resolves models as Maven resolves dependencies: from modules that were packaged in the same
 * build, the local repository, and the project's repositories with their mirrors and credentials.
 * Nothing is checked of a file's content.
 */
public final class ModelArtifacts {
  private static final String CONTEXT = "mskd-model";

  private final RepositorySystem repositories;
  private final RepositorySystemSession session;
  private final List<RemoteRepository> remotes;

  /**
   * A resolver of models.
   *
   * @param remotes the project's repositories
   */
  public ModelArtifacts(
      RepositorySystem repositories,
      RepositorySystemSession session,
      List<RemoteRepository> remotes) {
    this.repositories = repositories;
    this.session = session;
    this.remotes = List.copyOf(remotes);
  }

  /**
   * The file of a model.
   *
   * @throws BadInputException with the coordinates and the repositories tried if there is none
   */
  public Path resolve(ModelCoordinates coordinates) {
    Path file = resolve(coordinates.toArtifact(), "model");
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          coordinates + " is a module of this build that has no model yet.",
          "Run a build with the phase package or a later one, in which that module comes first.");
    }
    return file;
  }

  /**
   * The file of a model's signature.
   *
   * @param coordinates {@code g:a:mskd.asc[:classifier]:v}
   * @throws BadInputException as {@link #resolve}
   */
  Path signature(String coordinates) {
    return resolve(new DefaultArtifact(coordinates), "signature");
  }

  private Path resolve(Artifact artifact, String kind) {
    ArtifactRequest request = new ArtifactRequest(artifact, remotes, CONTEXT);
    try {
      return repositories.resolveArtifact(session, request).getArtifact().getFile().toPath();
    } catch (ArtifactResolutionException e) {
      throw missing(artifact, kind, new ResolutionFailure(e));
    }
  }

  /**
   * Whether the local repository has a model, fetched from one of the repositories or installed.
   */
  public boolean isLocal(ModelCoordinates coordinates) {
    return session
        .getLocalRepositoryManager()
        .find(session, new LocalArtifactRequest(coordinates.toArtifact(), remotes, CONTEXT))
        .isAvailable();
  }

  private BadInputException missing(Artifact artifact, String kind, ResolutionFailure failure) {
    String tried = tried(artifact);
    String coordinates = kind + " " + ModelCoordinates.text(artifact);
    if (session.isOffline()) {
      return new BadInputException(
          "Maven is offline, and the local repository lacks the "
              + coordinates
              + (tried.isEmpty() ? "." : ", or has it from another repository than " + tried + "."),
          "Run the same command once without -o.");
    }
    return new BadInputException(
        "The "
            + coordinates
            + " was not found in the local repository"
            + (tried.isEmpty() ? "" : ", " + tried)
            + ".",
        failure
            .refusal()
            .orElse(
                "Check the coordinates, or add the <repository> that has it to the POM or to a"
                    + " profile of settings.xml"
                    + (failure.isKept() ? "; mvn -U tries again at once." : ".")));
  }

  /** The repositories that may have an artifact of this version. */
  private String tried(Artifact artifact) {
    return remotes.stream()
        .filter(one -> one.getPolicy(artifact.isSnapshot()).isEnabled())
        .map(one -> one.getId() + " (" + one.getUrl() + ")")
        .collect(Collectors.joining(", "));
  }
}
