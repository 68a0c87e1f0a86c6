package org.mskd.maven.worker;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mskd.maven.config.MemorySize;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.pipeline.request.RunOptions;

/** Replaces a build in an environment of its own: starts a worker that reports its environment. */
final class StartedBuild {
  private StartedBuild() {}

  /**
   * @param arguments the folder that holds the output directory; empty for the working directory,
   *     whose name cannot always be passed as an argument
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments.length == 0 ? "" : arguments[0]).toAbsolutePath();
    Path output = folder.resolve("out");
    List<Path> classpath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    WorkerSettings settings =
        new WorkerSettings(
            2, "auto", new MemorySize(96), new MemorySize(500), output, RunOptions.DEFAULT);
    try (CancelHook hook = new CancelHook(line -> {});
        RunFiles files = RunFiles.in(output)) {
      WorkerCommand command =
          new WorkerCommand(
              WorkerJdk.launcher(Optional.empty()),
              classpath,
              Report.class.getName(),
              List.of(folder.toString()),
              settings,
              files);
      new WorkerProcess(command, hook).run(event -> {}).check();
    }
  }

  /** The worker: writes a file {@code report}. */
  static final class Report {
    private Report() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      List<String> lines = new ArrayList<>();
      lines.add("options " + ManagementFactory.getRuntimeMXBean().getInputArguments());
      lines.add("home " + System.getProperty("user.home"));
      JavaOptions.VARIABLES.forEach(name -> lines.add(name + " " + System.getenv(name)));
      try (Stream<Path> files = Files.list(folder)) {
        files.forEach(file -> lines.add("file " + Path.of(file.toString()).getFileName()));
      }
      Files.write(folder.resolve("report"), lines);
    }
  }
}
