package org.mskd.maven.artifact;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.ArtifactRepository;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.transfer.ArtifactNotFoundException;

/** Repositories as Maven's resolver shows them: results, and exceptions of each repository. */
final class Repositories {
  static final RemoteRepository CENTRAL =
      new RemoteRepository.Builder("central", "default", "https://repo.example.org").build();
  static final RemoteRepository CORP =
      new RemoteRepository.Builder("corp", "default", "https://me:pa@ss@repo.corp/maven").build();

  /** The artifacts asked for, and the ids of the repositories that might be. */
  final List<String> requests = new ArrayList<>();

  private final Map<String, Artifact> artifacts = new HashMap<>();
  private final Map<String, ArtifactRepository> origins = new HashMap<>();
  private final Map<String, BiFunction<Artifact, RemoteRepository, Exception>> failures =
      new HashMap<>();
  private final DefaultRepositorySystemSession session = new DefaultRepositorySystemSession();

  Repositories offline() {
    session.setOffline(true);
    return this;
  }

  /** As {@code mvn -C}: what has no checksum is refused, and signatures have none. */
  Repositories strict() {
    session.setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_FAIL);
    return this;
  }

  /** Adds an artifact of a repository. */
  Repositories with(String coordinates, Path file, ArtifactRepository origin) {
    return with(coordinates, new DefaultArtifact(coordinates).getVersion(), file, origin);
  }

  /**
   * Adds an artifact.
   *
   * @param version the one that the coordinates stand for
   */
  Repositories with(String coordinates, String version, Path file, ArtifactRepository origin) {
    artifacts.put(
        coordinates, new DefaultArtifact(coordinates).setVersion(version).setFile(file.toFile()));
    origins.put(coordinates, origin);
    return this;
  }

  /** Adds what a repository answers if it is asked for something that is not there. */
  Repositories failing(
      RemoteRepository repository, BiFunction<Artifact, RemoteRepository, Exception> failure) {
    failures.put(repository.getId(), failure);
    return this;
  }

  ModelArtifacts models() throws ArtifactResolutionException {
    RepositorySystem system = mock(RepositorySystem.class);
    when(system.resolveArtifact(any(), any()))
        .thenAnswer(invocation -> resolve(invocation.getArgument(0), invocation.getArgument(1)));
    return new ModelArtifacts(system, session, List.of(CENTRAL, CORP));
  }

  private ArtifactResult resolve(RepositorySystemSession by, ArtifactRequest request)
      throws ArtifactResolutionException {
    String coordinates = request.getArtifact().toString();
    requests.add(
        coordinates + " of " + request.getRepositories().stream().map(r -> r.getId()).toList());
    ArtifactResult result = new ArtifactResult(request);
    ArtifactRepository origin = origins.get(coordinates);
    boolean there =
        origin != null
            && (!(origin instanceof RemoteRepository)
                || request.getRepositories().contains(origin));
    boolean unchecked =
        coordinates.contains(".asc")
            && RepositoryPolicy.CHECKSUM_POLICY_FAIL.equals(by.getChecksumPolicy());
    if (there && !unchecked) {
      copy(by, artifacts.get(coordinates));
      return result.setArtifact(artifacts.get(coordinates)).setRepository(origin);
    }
    for (RemoteRepository repository : request.getRepositories()) {
      result.addException(
          failures
              .getOrDefault(repository.getId(), ArtifactNotFoundException::new)
              .apply(request.getArtifact(), repository));
    }
    throw new ArtifactResolutionException(List.of(result));
  }

  /** Maven copies a numbered snapshot to the name that an installed one has. */
  private void copy(RepositorySystemSession by, Artifact artifact) {
    boolean numbered = !artifact.getVersion().equals(artifact.getBaseVersion());
    Object option = by.getConfigProperties().get("aether.artifactResolver.snapshotNormalization");
    if (numbered && artifact.getExtension().endsWith(".asc") && !Boolean.FALSE.equals(option)) {
      Artifact copy = artifact.setVersion(artifact.getBaseVersion());
      with(copy.toString(), artifact.getFile().toPath(), new LocalRepository("repository"));
    }
  }
}
