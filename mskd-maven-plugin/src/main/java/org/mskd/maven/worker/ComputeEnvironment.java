package org.mskd.maven.worker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mskd.maven.config.JvmSettings;
import org.mskd.pipeline.request.WorkerRequest;

/**
 * The properties outside this project's code that the bits of a tensor computation depend on, as
 * {@link WorkerRequest#environment}: versions and classifiers of the native libraries, the
 * processor's instruction set, the environment variables that make native libraries choose other
 * kernels, and what the POM declares for the worker's JVM, where it can change a result. Without
 * such a declaration nothing is added, so that finished results stay up to date.
 */
public final class ComputeEnvironment {
  /** Prefixes of the variables of oneDNN (current and earlier name) and of OpenBLAS. */
  private static final List<String> VARIABLES =
      List.of(
          "ONEDNN_MAX_CPU_ISA",
          "DNNL_MAX_CPU_ISA",
          "ONEDNN_DEFAULT_FPMATH_MODE",
          "DNNL_DEFAULT_FPMATH_MODE",
          "OPENBLAS_CORETYPE");

  /** oneDNN's library is linked with it, but does not use it for computation on a CPU. */
  private static final Set<String> WITHOUT_EFFECT = Set.of("opencl");

  private ComputeEnvironment() {}

  /**
   * The environment of a worker on this machine.
   *
   * @param jvm what the POM declares for the worker's JVM
   * @param java the launcher of a declared toolchain
   */
  public static SortedMap<String, String> of(
      Backend backend, JvmSettings jvm, Optional<String> java) {
    return of(
        backend,
        CpuFeatures.ofThisMachine(Platform.ofThisMachine()),
        System.getenv(),
        jvm,
        java.map(WorkerJdk::of));
  }

  static SortedMap<String, String> of(
      Backend backend,
      CpuFeatures cpu,
      Map<String, String> variables,
      JvmSettings jvm,
      Optional<WorkerJdk> jdk) {
    SortedMap<String, String> environment = new TreeMap<>();
    backend.artifacts().stream()
        .filter(artifact -> !WITHOUT_EFFECT.contains(artifact.artifactId()))
        .collect(
            Collectors.groupingBy(
                Coordinates::artifactId,
                Collectors.mapping(
                    artifact -> (artifact.version() + " " + artifact.classifier()).strip(),
                    Collectors.toCollection(TreeSet::new))))
        .forEach((artifact, versions) -> environment.put(artifact, versions.last()));
    environment.put("instructionSet", cpu.widest());
    for (String name : VARIABLES) {
      if (variables.containsKey(name)) {
        environment.put(name, variables.get(name));
      }
    }
    environment.putAll(NumericSettings.of(jvm));
    // Logarithm and exponential function of a JDK are specified up to their last bit only.
    jdk.ifPresent(one -> environment.put("jdk", Integer.toString(one.feature())));
    return environment;
  }
}
