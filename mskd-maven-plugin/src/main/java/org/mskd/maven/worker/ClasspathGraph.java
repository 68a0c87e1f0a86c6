package org.mskd.maven.worker;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

/** The jars of the worker's class path, found by the dependencies that POMs declare. */
final class ClasspathGraph {
  private static final String COMPILE = "compile";

  private final RepositorySystem repositories;
  private final RepositorySystemSession session;
  private final List<RemoteRepository> remotes;
  private final Versions versions;

  ClasspathGraph(
      RepositorySystem repositories,
      RepositorySystemSession session,
      List<RemoteRepository> remotes,
      Versions versions) {
    this.repositories = repositories;
    this.session = session;
    this.remotes = remotes;
    this.versions = versions;
  }

  /**
   * The library, its dependencies, and the further parts of a class path, in order.
   *
   * @param platform platform of the worker, whose natives are taken
   * @throws RepositoryException if a POM cannot be read
   */
  Set<Artifact> jars(WorkerParts parts, Platform platform) throws RepositoryException {
    List<Coordinates> named = parts.backend().map(Backend::artifacts).orElse(List.of());
    Set<Artifact> jars = new LinkedHashSet<>();
    collect(root(parts, named), new ClasspathFilter(platform, named), jars);
    return jars;
  }

  private DependencyNode root(WorkerParts parts, List<Coordinates> named)
      throws RepositoryException {
    Artifact library =
        new Coordinates("org.mskd", "mskd-samegraph", versions.mskd(), "").toArtifact();
    Artifact log = new Coordinates("org.slf4j", "slf4j-simple", versions.slf4j(), "").toArtifact();
    CollectRequest request = new CollectRequest();
    request.setRequestContext(WorkerClasspath.CONTEXT);
    request.setRepositories(remotes);
    request.setTrace(RequestTrace.newChild(null, WorkerClasspath.CONTEXT));
    request.addDependency(new Dependency(library, COMPILE));
    // Before the backend, whose parts depend on several older SLF4J versions: the first one is
    // used.
    request.addDependency(new Dependency(log, COMPILE));
    Stream.of(parts.methods(), parts.further(), named)
        .flatMap(List::stream)
        .forEach(one -> request.addDependency(new Dependency(one.toArtifact(), COMPILE)));
    if (parts.backend().isPresent()) {
      tensorDependencies(library).forEach(request::addDependency);
    }
    return repositories.collectDependencies(session, request).getRoot();
  }

  /** The library's optional dependencies, with the exclusions of its own POM. */
  private List<Dependency> tensorDependencies(Artifact library) throws RepositoryException {
    ArtifactDescriptorRequest request =
        new ArtifactDescriptorRequest(library, remotes, WorkerClasspath.CONTEXT);
    return repositories.readArtifactDescriptor(session, request).getDependencies().stream()
        .filter(dependency -> dependency.isOptional() && !dependency.getScope().equals("test"))
        .map(dependency -> dependency.setOptional(false))
        .toList();
  }

  private static void collect(DependencyNode node, ClasspathFilter filter, Set<Artifact> jars) {
    for (DependencyNode child : node.getChildren()) {
      if (filter.accepts(child.getArtifact())) {
        jars.add(child.getArtifact());
        collect(child, filter, jars);
      }
    }
  }
}
