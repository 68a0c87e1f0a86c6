package org.mskd.maven.artifact;

import java.nio.file.Files;
import java.util.List;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.LocalArtifactRequest;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.mskd.problem.BadInputException;

/**
 * Resolves models as Maven resolves dependencies: from modules that were packaged in the same
 * build, the local repository, and the project's repositories with their mirrors and credentials.
 * Nothing is checked of a file's content.
 */
public final class ModelArtifacts {
  private static final String CONTEXT = "mskd-model";
  private static final String SIGNATURE = ".asc";

  /** An option of the resolver of Maven 3 and 4. */
  private static final String COPIES_OF_SNAPSHOTS = "aether.artifactResolver.snapshotNormalization";

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
   * Finds a model.
   *
   * @return its file, where it comes from, and its version: of a snapshot in a repository, that of
   *     one build, such as {@code 1.0-20261130.101010-3}
   * @throws AbsentArtifactException with the coordinates and the repositories tried if none has it
   * @throws BadInputException if Maven is offline, a repository failed, or it is not built yet
   */
  ArtifactResult model(ModelCoordinates coordinates) {
    ArtifactResult found = resolve("model", coordinates.toArtifact(), remotes, session);
    if (!Files.isRegularFile(found.getArtifact().getFile().toPath())) {
      throw new BadInputException(
          coordinates + " is a module of this build that has no model yet.",
          "Run a build with the phase package or a later one, in which that module comes first.");
    }
    return found;
  }

  /**
   * Finds a model's signature, made by the same build: that of {@code g:a:mskd:liver:1.2} is {@code
   * g:a:mskd.asc:liver:1.2}, as the maven-gpg-plugin attaches it.
   *
   * @throws BadInputException as {@link #model}
   */
  Artifact signature(ArtifactResult model) {
    Artifact signed = model.getArtifact();
    Artifact signature =
        new DefaultArtifact(
            signed.getGroupId(),
            signed.getArtifactId(),
            signed.getClassifier(),
            signed.getExtension() + SIGNATURE,
            signed.getVersion());
    return resolve("signature", signature, withSameBuild(model), ofSignatures()).getArtifact();
  }

  /**
   * The session for signatures. Maven deploys no checksums of them, so that a strict checksum
   * policy would refuse them all. A copy without the build's number, as Maven makes of snapshots,
   * would later be taken for the signature of a model that was installed on this machine.
   */
  private RepositorySystemSession ofSignatures() {
    return new DefaultRepositorySystemSession(session)
        .setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_IGNORE)
        .setConfigProperty(COPIES_OF_SNAPSHOTS, false);
  }

  /**
   * The repositories that may have the signature of a model's build. A snapshot that was built or
   * installed on this machine is in none of them; what they have is of another build.
   */
  private List<RemoteRepository> withSameBuild(ArtifactResult model) {
    Artifact found = model.getArtifact();
    boolean numbered = !found.getVersion().equals(found.getBaseVersion());
    boolean fetched = numbered || model.getRepository() instanceof RemoteRepository;
    return found.isSnapshot() && !fetched ? List.of() : remotes;
  }

  private ArtifactResult resolve(
      String kind, Artifact artifact, List<RemoteRepository> from, RepositorySystemSession by) {
    try {
      return repositories.resolveArtifact(by, new ArtifactRequest(artifact, from, CONTEXT));
    } catch (ArtifactResolutionException e) {
      UnresolvedArtifact unresolved = new UnresolvedArtifact(kind, artifact, from);
      throw session.isOffline() && !from.isEmpty()
          ? unresolved.offline()
          : unresolved.online(new ResolutionFailure(e));
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
}
