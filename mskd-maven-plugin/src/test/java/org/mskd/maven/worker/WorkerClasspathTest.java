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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
import org.eclipse.aether.repository.LocalArtifactRequest;
import org.eclipse.aether.repository.LocalArtifactResult;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.LocalRepositoryManager;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.pipeline.request.ExportOptions;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;

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

  private static final PluginDependencies PLUGIN =
      new PluginDependencies(List.of(), List.of(new Coordinates("com.x", "methods", "3", "")));

  private final RepositorySystem repositories = mock(RepositorySystem.class);
  private final RepositorySystemSession session = mock(RepositorySystemSession.class);
  private final LocalRepositoryManager local = mock(LocalRepositoryManager.class);
  private final Set<String> there = new HashSet<>();
  private final List<Dependency> requested = new ArrayList<>();

  @BeforeEach
  void answer() throws Exception {
    when(repositories.collectDependencies(any(), any(CollectRequest.class)))
        .thenAnswer(call -> collected(call.getArgument(1)));
    when(repositories.readArtifactDescriptor(any(), any()))
        .thenAnswer(call -> libraryDescriptor(call.getArgument(1)));
    when(repositories.resolveArtifacts(any(), anyCollection()))
        .thenAnswer(call -> resolved(call.getArgument(1)));
    when(session.getLocalRepository()).thenReturn(new LocalRepository("/repo"));
    when(session.getLocalRepositoryManager()).thenReturn(local);
    when(local.find(any(), any(LocalArtifactRequest.class)))
        .thenAnswer(
            call -> {
              LocalArtifactRequest request = call.getArgument(1);
              String wanted = request.getArtifact().getArtifactId();
              return new LocalArtifactResult(request).setAvailable(there.contains(wanted));
            });
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
    return classpath()
        .resolve(new WorkerParts(backend, List.of(), List.of(further)), LINUX)
        .values()
        .stream()
        .map(Path::toString)
        .map(path -> path.replace("/repo/", ""))
        .toList();
  }

  private WorkerClasspath classpath() {
    return new WorkerClasspath(
        repositories, session, List.of(), VERSIONS, "mvn org.mskd:mskd-maven-plugin:1:resolve");
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

  private Map<String, ResolvedJar> fetched(String setting, String lock, String... classifiers)
      throws MojoExecutionException {
    List<BackendSelector> machines =
        classifiers.length == 0
            ? List.of(new BackendSelector(VERSIONS, LINUX, AVX2))
            : TargetMachines.of(List.of(classifiers), VERSIONS);
    Map<String, ResolvedJar> jars = new TreeMap<>();
    new GoalJars(classpath(), VERSIONS)
        .fetch(machines, setting, PLUGIN, lock.isEmpty() ? Map.of() : Map.of("nd4j-native", lock))
        .forEach(jar -> jars.put(jar.coordinates().toString(), jar));
    return jars;
  }

  private static List<String> natives(Map<String, ResolvedJar> jars) {
    return jars.values().stream()
        .map(ResolvedJar::coordinates)
        .filter(jar -> jar.artifactId().equals("nd4j-native") && !jar.classifier().isEmpty())
        .map(Coordinates::classifier)
        .sorted()
        .toList();
  }

  /** What mskd:resolve fetches is the class path of every goal. */
  @Test
  void everyGoalFindsWhatItNeedsAmongTheFetchedJars() throws Exception {
    Set<String> fetched = fetched("auto", "").keySet();
    assertTrue(fetched.contains("com.x:methods:3"), fetched.toString());
    for (Goal goal : Goal.values()) {
      WorkerRequest request =
          WorkerRequest.of(goal, Path.of("o")).withBackend("b", new TreeMap<>());
      if (goal == Goal.EXPORT) {
        request =
            request.withExport(
                new ExportOptions(List.of(), Optional.empty(), Optional.empty(), true, "1"));
      }
      Optional<Backend> backend = goal.needsTensors() ? backend("auto") : Optional.empty();
      WorkerParts parts = WorkerParts.of(request, backend, PLUGIN, VERSIONS);
      Set<String> needed = classpath().resolve(parts, LINUX).keySet();
      assertEquals(goal == Goal.EXPORT, needed.toString().contains("onnxruntime"), goal.name());
      assertTrue(fetched.containsAll(needed), goal + ": " + needed);
    }
  }

  @Test
  void whatIsThereIsNotFetched() throws Exception {
    there.addAll(Set.of("commons-csv", "mskd-samegraph"));
    Map<String, ResolvedJar> jars = fetched("auto", "");
    assertFalse(jars.get("org.apache.commons:commons-csv:1").fetched());
    assertTrue(jars.get("commons-io:commons-io:2").fetched());
    // The reactor has it, whatever the local repository has.
    there.clear();
    assertFalse(fetched("auto", "").get("org.mskd:mskd-samegraph:" + VERSIONS.mskd()).fetched());
  }

  @Test
  void machinesAreNamedByPlatformOrClassifier() throws Exception {
    assertEquals(List.of("linux-x86_64-onednn-avx2"), natives(fetched("auto", "")));
    assertEquals(
        List.of("linux-x86_64", "linux-x86_64-onednn-avx2", "linux-x86_64-onednn-avx512"),
        natives(fetched("auto", "", "linux-x86_64")));
    Map<String, ResolvedJar> two = fetched("auto", "", "linux-x86_64-avx2", "macosx-arm64");
    assertEquals(List.of("linux-x86_64-avx2", "macosx-arm64"), natives(two));
    assertTrue(two.containsKey("org.bytedeco:dnnl:" + VERSIONS.dnnl() + ":linux-x86_64"));
    assertTrue(two.containsKey("org.bytedeco:dnnl:" + VERSIONS.dnnl() + ":macosx-arm64"));
    assertEquals(List.of("windows-x86_64"), natives(fetched("auto", "", "windows-x86_64")));
  }

  @Test
  void aGivenBackendIsFetchedForTheNamedPlatform() throws Exception {
    Set<String> jars = fetched("org.nd4j:nd4j-cuda-11.6-platform", "", "windows-x86_64").keySet();
    assertTrue(jars.contains("org.nd4j:nd4j-cuda-11.6:1.0.0-M2.1:windows-x86_64"), jars.toString());
    assertFalse(jars.contains("org.nd4j:nd4j-cuda-11.6:1.0.0-M2.1:linux-x86_64"), jars.toString());
  }

  /** {@code reproduce} uses the natives of the lock. */
  @Test
  void theNativesOfALockAreFetchedToo() throws Exception {
    String lock = "1.0.0-M2 linux-x86_64-onednn-avx512";
    assertEquals(
        List.of("linux-x86_64-onednn-avx2", "linux-x86_64-onednn-avx512"),
        natives(fetched("auto", lock)));
    assertEquals(List.of("macosx-arm64"), natives(fetched("auto", lock, "macosx-arm64")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux", "x86_64", "sun-sparc", "Linux-x86_64"})
  void otherWordsForMachinesAreRefused(String word) {
    String message =
        assertThrows(BadInputException.class, () -> fetched("auto", "", word)).getMessage();
    assertTrue(message.contains("-Dmskd.classifiers has " + word + ","), message);
    assertTrue(message.contains("macosx-arm64"), message);
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
