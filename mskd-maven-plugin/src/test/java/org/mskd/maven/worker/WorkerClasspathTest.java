package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.CollectResult;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.DefaultDependencyNode;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The class path from a resolver with a small repository of its own. */
class WorkerClasspathTest {
  private static final Versions VERSIONS = Versions.load();
  private static final Platform LINUX = new Platform("linux-x86_64");
  private static final CpuFeatures AVX2 = new CpuFeatures(Set.of("avx2"));
  private static final File REACTOR_CLASSES = new File("/reactor/mskd-samegraph/target/classes");

  /**
   * The dependencies of each artifact; the real POMs add natives for the building machine in this
   * way.
   */
  private static final Map<String, List<String>> BRINGS =
      Map.of(
          "mskd-samegraph",
              List.of(
                  "com.fasterxml.jackson.core:jackson-databind:jar:2",
                  "org.apache.commons:commons-csv:jar:1"),
          "commons-csv",
              List.of("commons-io:commons-io:jar:2", "commons-codec:commons-codec:jar:1"),
          "nd4j-native",
              List.of(
                  "org.nd4j:nd4j-native:jar:linux-x86_64:1.0.0-M2.1",
                  "org.nd4j:nd4j-native-api:jar:1.0.0-M2.1"),
          "nd4j-cuda-11.6-platform",
              List.of(
                  "org.nd4j:nd4j-cuda-11.6:jar:1.0.0-M2.1",
                  "org.nd4j:nd4j-cuda-11.6:jar:linux-x86_64:1.0.0-M2.1",
                  "org.nd4j:nd4j-cuda-11.6:jar:windows-x86_64:1.0.0-M2.1"));

  private final RepositorySystem repositories = mock(RepositorySystem.class);
  private final RepositorySystemSession session = mock(RepositorySystemSession.class);
  private final List<Dependency> requested = new ArrayList<>();

  @BeforeEach
  void answer() throws Exception {
    when(repositories.collectDependencies(any(), any(CollectRequest.class)))
        .thenAnswer(call -> collected(call.getArgument(1)));
    when(repositories.readArtifactDescriptor(any(), any()))
        .thenAnswer(call -> libraryDescriptor(call.getArgument(1)));
    when(repositories.resolveArtifacts(any(), anyCollection()))
        .thenAnswer(call -> resolved(call.getArgument(1)));
  }

  private CollectResult collected(CollectRequest request) {
    requested.addAll(request.getDependencies());
    DefaultDependencyNode root = new DefaultDependencyNode((Dependency) null);
    root.setChildren(
        new ArrayList<>(
            request.getDependencies().stream().map(one -> node(one.getArtifact())).toList()));
    return new CollectResult(request).setRoot(root);
  }

  private static DependencyNode node(Artifact artifact) {
    DefaultDependencyNode node = new DefaultDependencyNode(new Dependency(artifact, "compile"));
    List<String> brought =
        artifact.getClassifier().isEmpty()
            ? BRINGS.getOrDefault(artifact.getArtifactId(), List.of())
            : List.of();
    node.setChildren(
        new ArrayList<>(brought.stream().map(one -> node(new DefaultArtifact(one))).toList()));
    return node;
  }

  private static ArtifactDescriptorResult libraryDescriptor(ArtifactDescriptorRequest request) {
    Dependency core =
        new Dependency(new DefaultArtifact("org.deeplearning4j:deeplearning4j-core:1"), "compile")
            .setOptional(true)
            .setExclusions(List.of(new Exclusion("org.bytedeco", "*", "*", "*")));
    Dependency junit =
        new Dependency(new DefaultArtifact("org.junit.jupiter:junit-jupiter:5"), "test");
    return new ArtifactDescriptorResult(request).setDependencies(List.of(core, junit));
  }

  private static List<ArtifactResult> resolved(Collection<? extends ArtifactRequest> requests) {
    return requests.stream()
        .map(
            request -> {
              Artifact artifact = request.getArtifact();
              String classifier =
                  artifact.getClassifier().isEmpty() ? "" : "-" + artifact.getClassifier();
              File file =
                  artifact.getArtifactId().equals("mskd-samegraph")
                      ? REACTOR_CLASSES
                      : new File("/repo/" + artifact.getArtifactId() + classifier + ".jar");
              return new ArtifactResult(request).setArtifact(artifact.setFile(file));
            })
        .toList();
  }

  private List<String> resolve(Optional<Backend> backend, Coordinates... further)
      throws MojoExecutionException {
    WorkerClasspath classpath =
        new WorkerClasspath(repositories, session, List.of(), VERSIONS, LINUX);
    return classpath.resolve(backend, List.of(), List.of(further)).values().stream()
        .map(Path::toString)
        .map(path -> path.replace("/repo/", ""))
        .toList();
  }

  private static Optional<Backend> backend(String setting) {
    return Optional.of(new BackendSelector(VERSIONS, LINUX, AVX2).select(setting, List.of()));
  }

  @Test
  void withoutTensorsThereIsOnlyTheLibrary() throws Exception {
    assertEquals(
        List.of(
            REACTOR_CLASSES.toString(),
            "jackson-databind.jar",
            "commons-csv.jar",
            "commons-io.jar",
            "commons-codec.jar",
            "slf4j-simple.jar"),
        resolve(Optional.empty()));
  }

  @Test
  void theDefaultHasThisCpusNativesOnly() throws Exception {
    List<String> jars = resolve(backend("auto"));
    assertTrue(
        jars.containsAll(
            List.of(
                "nd4j-native.jar",
                "nd4j-native-linux-x86_64-onednn-avx2.jar",
                "nd4j-native-api.jar",
                "javacpp-linux-x86_64.jar",
                "openblas-linux-x86_64.jar",
                "dnnl-linux-x86_64.jar",
                "opencl-linux-x86_64.jar",
                "deeplearning4j-core.jar")),
        jars.toString());
    assertFalse(jars.contains("nd4j-native-linux-x86_64.jar"), jars.toString());
    assertFalse(jars.contains("junit-jupiter.jar"), jars.toString());
  }

  @Test
  void onnxRuntimeIsThereForTheGoalThatNeedsIt() throws Exception {
    List<String> jars = resolve(backend("auto"), Coordinates.onnxRuntime(VERSIONS));
    assertTrue(jars.contains("onnxruntime.jar"), jars.toString());
    assertFalse(resolve(backend("auto")).contains("onnxruntime.jar"));
    assertTrue(
        Coordinates.onnxRuntime(VERSIONS)
            .toString()
            .matches("com\\.microsoft\\.onnxruntime:onnxruntime:\\d+\\.\\d+\\.\\d+"));
  }

  @Test
  void givenCoordinatesReachTheClassPathInPlaceOfTheDefault() throws Exception {
    List<String> jars = resolve(backend("org.nd4j:nd4j-cuda-11.6-platform"));
    assertTrue(
        jars.containsAll(
            List.of(
                "nd4j-cuda-11.6-platform.jar",
                "nd4j-cuda-11.6.jar",
                "nd4j-cuda-11.6-linux-x86_64.jar")),
        jars.toString());
    assertFalse(jars.contains("nd4j-cuda-11.6-windows-x86_64.jar"), jars.toString());
    assertTrue(jars.stream().noneMatch(jar -> jar.startsWith("nd4j-native")), jars.toString());
  }

  @Test
  void aGivenMainJarKeepsTheNativesItBrings() throws Exception {
    List<String> jars = resolve(backend("org.nd4j:nd4j-native"));
    assertTrue(jars.contains("nd4j-native-linux-x86_64.jar"), jars.toString());
  }

  @Test
  void theLibrarysExclusionsAreKept() throws Exception {
    resolve(backend("auto"));
    Dependency core =
        requested.stream()
            .filter(one -> one.getArtifact().getArtifactId().equals("deeplearning4j-core"))
            .findFirst()
            .orElseThrow();
    assertFalse(core.isOptional());
    assertEquals("org.bytedeco", core.getExclusions().iterator().next().getGroupId());
  }

  @Test
  void anUnresolvableBackendIsNamed() throws Exception {
    when(repositories.collectDependencies(any(), any(CollectRequest.class)))
        .thenThrow(
            new DependencyCollectionException(new CollectResult(new CollectRequest()), "no luck."));
    String message =
        assertThrows(MojoExecutionException.class, () -> resolve(backend("com.x:gone:1")))
            .getMessage();
    assertTrue(message.contains("no luck.") && message.contains("com.x:gone:1"), message);
  }
}
