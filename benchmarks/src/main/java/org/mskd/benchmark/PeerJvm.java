package org.mskd.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;

/**
 * JVMs with a peer's jars: without a limit of off-heap memory, without garbage collection of
 * tensors (they are freed at the end of each step), with OpenMP's default threads.
 */
final class PeerJvm {
  private final Path directory;
  private final Path jars;
  private final Fork fork;
  private final int threads;
  private final String mainClass;

  /**
   * @param directory the module's {@code target}
   * @param name of the folder with its jars
   */
  PeerJvm(Path directory, String name, Fork fork, int threads, String mainClass) {
    this.directory = directory;
    this.jars = directory.resolve("peers").resolve(name);
    this.fork = fork;
    this.threads = threads;
    this.mainClass = mainClass;
  }

  /** Why it cannot be run here; empty if it can. */
  Optional<String> absence() {
    return Files.isDirectory(jars)
        ? Optional.empty()
        : Optional.of("the build brings no natives of it for this platform");
  }

  Results run(String name, Arguments parameters)
      throws IOException, InterruptedException, Fork.Failed {
    return fork.run(name, parameters.with("threads", threads), this::command);
  }

  private ProcessBuilder command(List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Java.launcher(),
                "-Xmx1g",
                "-Dorg.bytedeco.javacpp.nopointergc=true",
                "-Dorg.bytedeco.javacpp.maxbytes=0",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                classpath(),
                mainClass));
    command.addAll(arguments);
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().keySet().removeIf(name -> name.matches("GOMP_.*|OMP_.*"));
    process.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    return process;
  }

  private String classpath() throws IOException {
    try (Stream<Path> files = Files.list(jars)) {
      String own =
          files.sorted().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
      String common = Files.readString(directory.resolve("common.classpath")).strip();
      return String.join(File.pathSeparator, directory.resolve("classes").toString(), own, common);
    }
  }
}
