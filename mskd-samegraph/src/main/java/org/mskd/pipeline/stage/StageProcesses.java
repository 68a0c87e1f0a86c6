package org.mskd.pipeline.stage;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts workers for single stages as this one was started, with the same memory limits and
 * environment, so that results have the same bits. Their standard input is a pipe that ends with
 * this process; their events come through standard output.
 *
 * @param command the command, to which the stage's id is appended
 * @param atOnce how many run at the same time; 1 for none side by side
 */
public record StageProcesses(List<String> command, int atOnce) {
  /** No processes: one stage after the other, in this process. */
  public static final StageProcesses NONE = new StageProcesses(List.of(), 1);

  public StageProcesses {
    command = List.copyOf(command);
  }

  /**
   * Workers like this one, with the same request.
   *
   * @param main main class of the workers, which gets the request and a stage's id
   */
  public static StageProcesses ofThisWorker(Class<?> main, Path request, int atOnce) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add(main.getName());
    command.add(request.toString());
    return new StageProcesses(command, atOnce);
  }

  public Process start(Stage stage) throws IOException {
    List<String> all = new ArrayList<>(command);
    all.add(stage.id());
    ProcessBuilder process = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT);
    // In a variable, since a class path can be longer than the limit of a command line.
    process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return process.start();
  }
}
