package org.mskd.maven;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.mskd.lock.LockFile;
import org.mskd.maven.artifact.ModelArtifacts;
import org.mskd.maven.artifact.ModelCoordinates;
import org.mskd.maven.config.ExperimentReader;
import org.mskd.maven.config.MskdProperties;
import org.mskd.maven.config.ResolveSettings;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.maven.worker.ResolvedJar;

/**
 * Fetches the jars that any goal needs into the local repository, so that all goals run offline
 * (mvn -o): backend and native libraries, for this machine or for others, ONNX Runtime, jars with
 * training methods, and teachers that are declared as artifacts. Needs no POM.
 */
@Mojo(
    name = "resolve",
    defaultPhase = LifecyclePhase.VALIDATE,
    threadSafe = true,
    requiresProject = false)
public final class ResolveMojo extends ConfiguredMojo {
  private static final double MEBIBYTE = 1 << 20;

  /**
   * The machines to fetch for, in place of this one, separated by commas: platforms such as
   * linux-x86_64 or macosx-arm64, each with all natives that backend auto may choose there, or
   * classifiers of nd4j-native such as linux-x86_64-onednn-avx2; on the command line only: {@code
   * -Dmskd.classifiers}.
   */
  @Parameter(property = "mskd.classifiers")
  private String classifiers;

  @Override
  MskdProperties properties(Properties user, Properties ofProject) {
    return MskdProperties.ofGoal(user, ofProject, "resolve", alone());
  }

  @Override
  boolean concerns(Section configuration) {
    return true;
  }

  @Override
  void execute(Section configuration) throws MojoExecutionException {
    List<String> machines = ResolveSettings.of(configuration).classifiers();
    Collection<ResolvedJar> jars =
        runner()
            .fetch(
                build(),
                WorkerSettings.of(configuration),
                machines,
                locked(lockFile(configuration)));
    jars.forEach(jar -> getLog().info(line(jar)));
    fetchModels(configuration);
    List<ResolvedJar> fetched = jars.stream().filter(ResolvedJar::fetched).toList();
    getLog()
        .info(
            "Done: %d jars (%s), %d of them fetched (%s). Goals of mskd now run with -o%s."
                .formatted(
                    jars.size(),
                    size(jars),
                    fetched.size(),
                    size(fetched),
                    machines.isEmpty() ? "" : ", on " + String.join(", ", machines)));
  }

  /** Fetches the teachers that are declared by coordinates. */
  private void fetchModels(Section configuration) {
    ModelArtifacts models = runner().models(build());
    for (ModelCoordinates teacher : new ExperimentReader(configuration).artifacts()) {
      boolean local = models.isLocal(teacher);
      long bytes = models(configuration).of(teacher).toFile().length(); // and its signature
      getLog().info(line(!local, bytes, teacher));
    }
  }

  /** The environment in the lock beside the POM; empty if there is none. */
  private static Map<String, String> locked(Path lock) {
    return Files.isRegularFile(lock) ? LockFile.read(lock).environment().tensors() : Map.of();
  }

  private static String line(ResolvedJar jar) {
    return line(jar.fetched(), jar.bytes(), jar.coordinates());
  }

  private static String line(boolean fetched, long bytes, Object coordinates) {
    return "%s %10s  %s".formatted(fetched ? "fetched  " : "was there", size(bytes), coordinates);
  }

  private static String size(Collection<ResolvedJar> jars) {
    return size(jars.stream().mapToLong(ResolvedJar::bytes).sum());
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / MEBIBYTE);
  }
}
