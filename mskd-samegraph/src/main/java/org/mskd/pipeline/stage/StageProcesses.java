package org.mskd.pipeline.stage;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How workers for single stages are started: as this one was, with its limits of memory and its
 * environment, so that what they compute has the same bits. Their input is a pipe from here, which
 * ends with this process; their events come by their output.
 *
 * @param command what is run, to which a stage's id is added
 * @param atOnce how many run at a time; 1 if stages are not to run side by side
 */
public record StageProcesses(List<String> command, int atOnce) {
  /** One stage after the other, in this process. */
  public static final StageProcesses NONE = new StageProcesses(List.of(), 1);

  public StageProcesses {
    command = List.copyOf(command);
  }

  /**
   * Workers like this one, with the same request.
   *
   * @param main what each runs, given the request and a stage's id
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
    // Not as an argument: a class path can be longer than a command line.
    process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return process.start();
  }
}
