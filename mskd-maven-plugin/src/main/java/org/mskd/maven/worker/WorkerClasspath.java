package org.mskd.maven.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.maven.plugin.MojoExecutionException;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.LocalArtifactRequest;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.mskd.maven.artifact.ResolutionFailure;

/**
 * Resolves the worker's class path as Maven does: from its local repository, the project's
 * repositories, and the reactor, where a module's jar may be its {@code target/classes}.
 */
public final class WorkerClasspath {
  static final String CONTEXT = "mskd-worker";

  private final RepositorySystem repositories;
  private final RepositorySystemSession session;
  private final List<RemoteRepository> remotes;
  private final ClasspathGraph graph;
  private final String fetching;

  /**
   * A resolver of class paths.
   *
   * @param remotes the project's repositories for dependencies and plugins
   * @param fetching the command that fetches what a resolver that is offline lacks
   */
  public WorkerClasspath(
      RepositorySystem repositories,
      RepositorySystemSession session,
      List<RemoteRepository> remotes,
      Versions versions,
      String fetching) {
    this.repositories = repositories;
    this.session = session;
    this.remotes = remotes;
    this.graph = new ClasspathGraph(repositories, session, remotes, versions);
    this.fetching = fetching;
  }

  /**
   * Resolves the library, its dependencies, and the further parts of a class path on this machine.
   *
   * @return jars and class folders by Maven coordinates, in order
   * @throws MojoExecutionException if one cannot be resolved
   */
  public Map<String, Path> resolve(WorkerParts parts) throws MojoExecutionException {
    return resolve(parts, Platform.ofThisMachine());
  }

  Map<String, Path> resolve(WorkerParts parts, Platform platform) throws MojoExecutionException {
    Map<String, Path> files = new LinkedHashMap<>();
    for (Artifact jar : resolved(parts, platform, jars -> {})) {
      files.put(Coordinates.of(jar).toString(), jar.getFile().toPath());
    }
    return files;
  }

  /**
   * Resolves a class path as a worker on a platform needs it.
   *
   * @throws MojoExecutionException if a jar cannot be resolved
   */
  List<ResolvedJar> fetch(WorkerParts parts, Platform platform) throws MojoExecutionException {
    Set<Artifact> absent = new HashSet<>();
    List<Artifact> resolved =
        resolved(
            parts, platform, jars -> jars.stream().filter(this::isAbsent).forEach(absent::add));
    Set<Coordinates> fetched = new HashSet<>();
    absent.forEach(jar -> fetched.add(Coordinates.of(jar)));
    Path local = session.getLocalRepository().getBasedir().toPath();
    return resolved.stream()
        .map(
            jar -> {
              Path file = jar.getFile().toPath();
              return new ResolvedJar(
                  Coordinates.of(jar),
                  file,
                  Files.isRegularFile(file) ? file.toFile().length() : 0,
                  file.startsWith(local) && fetched.contains(Coordinates.of(jar)));
            })
        .toList();
  }

  /** Whether the local repository lacks a jar, or has it from another repository. */
  private boolean isAbsent(Artifact jar) {
    return !session
        .getLocalRepositoryManager()
        .find(session, new LocalArtifactRequest(jar, remotes, CONTEXT))
        .isAvailable();
  }

  /**
   * The jars of a class path, each with its file.
   *
   * @param before receives them before they are resolved
   */
  private List<Artifact> resolved(
      WorkerParts parts, Platform platform, Consumer<Set<Artifact>> before)
      throws MojoExecutionException {
    try {
      Set<Artifact> jars = graph.jars(parts, platform);
      before.accept(jars);
      List<ArtifactRequest> requests =
          jars.stream().map(jar -> new ArtifactRequest(jar, remotes, CONTEXT)).toList();
      return repositories.resolveArtifacts(session, requests).stream()
          .map(ArtifactResult::getArtifact)
          .toList();
    } catch (RepositoryException e) {
      throw new MojoExecutionException(
          new ResolutionFailure(e)
              .text(session.isOffline(), parts.backend().map(Backend::description), fetching),
          e);
    }
  }
}
