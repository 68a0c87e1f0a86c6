package org.mskd.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;
import org.mskd.benchmark.ours.OurWork;
import org.mskd.maven.config.MskdProperties;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.maven.config.XmlNode;
import org.mskd.maven.worker.Backend;
import org.mskd.maven.worker.BackendSelector;
import org.mskd.maven.worker.Coordinates;
import org.mskd.maven.worker.RunFiles;
import org.mskd.maven.worker.Versions;
import org.mskd.maven.worker.WorkerCommand;

/**
 * Our side: JVMs with the natives that the plugin chooses here, its flags and its environment, all
 * by default.
 */
final class OurSide {
  private final Path directory;
  private final Fork fork;
  private final WorkerSettings settings;
  private final Backend backend;

  /**
   * @param directory the module's {@code target}
   */
  OurSide(Path directory, Fork fork) {
    this.directory = directory;
    this.fork = fork;
    XmlNode output = XmlNode.value("outputDirectory", directory.resolve("worker").toString());
    this.settings =
        WorkerSettings.of(
            Section.of(
                XmlNode.configuration(List.of(output)),
                MskdProperties.of(new Properties(), new Properties(), true),
                directory));
    this.backend =
        BackendSelector.ofThisMachine(Versions.load()).select(settings.backend(), List.of());
  }

  int threads() {
    return settings.threads();
  }

  /** The natives, for reports. */
  String backend() {
    return backend.description();
  }

  /**
   * Runs a work.
   *
   * @throws IllegalStateException if it fails
   */
  Results run(String name, Arguments parameters) throws IOException, InterruptedException {
    Path folder = directory.resolve("worker");
    Files.createDirectories(folder);
    try (RunFiles files = RunFiles.in(folder)) {
      return fork.run(
          name + "-ours",
          parameters,
          arguments ->
              new WorkerCommand(
                      Java.launcher(),
                      classpath(),
                      OurWork.class.getName(),
                      arguments,
                      settings,
                      files)
                  .toProcess());
    } catch (Fork.Failed e) {
      throw new IllegalStateException("mskd failed in " + name + ": " + e.getMessage(), e);
    }
  }

  private List<Path> classpath() throws IOException {
    List<Path> classpath = new ArrayList<>(List.of(directory.resolve("classes"), natives()));
    String jars = Files.readString(directory.resolve("ours.classpath")).strip();
    Arrays.stream(jars.split(File.pathSeparator)).map(Path::of).forEach(classpath::add);
    return classpath;
  }

  private Path natives() {
    Coordinates chosen =
        backend.artifacts().stream()
            .filter(one -> one.artifactId().equals("nd4j-native") && !one.classifier().isEmpty())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no natives in " + backend));
    Path jar =
        directory
            .resolve("natives")
            .resolve(
                "%s-%s-%s.jar"
                    .formatted(chosen.artifactId(), chosen.version(), chosen.classifier()));
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "This machine needs the natives %s. Run again with -Dnd4j.classifier=%s, and"
                  .formatted(chosen, chosen.classifier())
              + " -Dnative.platform where that is not linux-x86_64.");
    }
    return jar;
  }
}
