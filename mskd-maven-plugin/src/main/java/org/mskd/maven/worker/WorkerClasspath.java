package org.mskd.maven.worker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.RequestTrace;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;

/**
 * Resolves the worker's class path as Maven does: from its local repository, the project's
 * repositories, and the reactor, where a module's jar may be its {@code target/classes}.
 */
public final class WorkerClasspath {
  private static final String CONTEXT = "mskd-worker";
  private static final String COMPILE = "compile";

  private final RepositorySystem repositories;
  private final RepositorySystemSession session;
  private final List<RemoteRepository> remotes;
  private final Versions versions;
  private final Platform platform;

  /**
   * A resolver of class paths.
   *
   * @param remotes the project's repositories for dependencies and plugins
   */
  public WorkerClasspath(
      RepositorySystem repositories,
      RepositorySystemSession session,
      List<RemoteRepository> remotes,
      Versions versions) {
    this(repositories, session, remotes, versions, Platform.ofThisMachine());
  }

  WorkerClasspath(
      RepositorySystem repositories,
      RepositorySystemSession session,
      List<RemoteRepository> remotes,
      Versions versions,
      Platform platform) {
    this.repositories = repositories;
    this.session = session;
    this.remotes = remotes;
    this.versions = versions;
    this.platform = platform;
  }

  /**
   * Resolves the library, its dependencies, jars with training methods, and the backend if there is
   * one.
   *
   * @param backend absent for goals without tensors
   * @param methods jars that the POM declares as dependencies of the plugin
   * @param further jars that the goal alone needs
   * @return jars and class folders by Maven coordinates, in order
   * @throws MojoExecutionException if one cannot be resolved
   */
  public Map<String, Path> resolve(
      Optional<Backend> backend, List<Coordinates> methods, List<Coordinates> further)
      throws MojoExecutionException {
    Artifact library =
        new Coordinates("org.mskd", "mskd-samegraph", versions.mskd(), "").toArtifact();
    Artifact log = new Coordinates("org.slf4j", "slf4j-simple", versions.slf4j(), "").toArtifact();
    List<Coordinates> named = backend.map(Backend::artifacts).orElse(List.of());
    try {
      CollectRequest request = new CollectRequest();
      request.setRequestContext(CONTEXT);
      request.setRepositories(remotes);
      request.setTrace(RequestTrace.newChild(null, CONTEXT));
      request.addDependency(new Dependency(library, COMPILE));
      // Before the backend, whose parts depend on several older SLF4J versions: the first one is
      // used.
      request.addDependency(new Dependency(log, COMPILE));
      methods.forEach(one -> request.addDependency(new Dependency(one.toArtifact(), COMPILE)));
      further.forEach(one -> request.addDependency(new Dependency(one.toArtifact(), COMPILE)));
      named.forEach(one -> request.addDependency(new Dependency(one.toArtifact(), COMPILE)));
      if (backend.isPresent()) {
        tensorDependencies(library).forEach(request::addDependency);
      }
      DependencyNode root = repositories.collectDependencies(session, request).getRoot();
      return files(jars(root, new ClasspathFilter(platform, named)));
    } catch (RepositoryException e) {
      throw new MojoExecutionException(
          "The worker's class path could not be resolved: "
              + String.valueOf(e.getMessage()).replaceFirst("\\.$", "")
              + ". Check the network and the repositories"
              + backend.map(b -> ", and <backend>: " + b.description()).orElse("")
              + ".",
          e);
    }
  }

  /** The library's optional dependencies, with the exclusions of its own POM. */
  private List<Dependency> tensorDependencies(Artifact library) throws RepositoryException {
    ArtifactDescriptorRequest request = new ArtifactDescriptorRequest(library, remotes, CONTEXT);
    return repositories.readArtifactDescriptor(session, request).getDependencies().stream()
        .filter(dependency -> dependency.isOptional() && !dependency.getScope().equals("test"))
        .map(dependency -> dependency.setOptional(false))
        .toList();
  }

  private static Set<Artifact> jars(DependencyNode root, ClasspathFilter filter) {
    Set<Artifact> jars = new LinkedHashSet<>();
    collect(root, filter, jars);
    return jars;
  }

  private static void collect(DependencyNode node, ClasspathFilter filter, Set<Artifact> jars) {
    for (DependencyNode child : node.getChildren()) {
      if (filter.accepts(child.getArtifact())) {
        jars.add(child.getArtifact());
        collect(child, filter, jars);
      }
    }
  }

  private Map<String, Path> files(Set<Artifact> jars) throws RepositoryException {
    List<ArtifactRequest> requests =
        jars.stream().map(jar -> new ArtifactRequest(jar, remotes, CONTEXT)).toList();
    Map<String, Path> files = new LinkedHashMap<>();
    for (ArtifactResult result : repositories.resolveArtifacts(session, requests)) {
      Artifact jar = result.getArtifact();
      Coordinates coordinates =
          new Coordinates(
              jar.getGroupId(), jar.getArtifactId(), jar.getBaseVersion(), jar.getClassifier());
      files.put(coordinates.toString(), jar.getFile().toPath());
    }
    return files;
  }
}
