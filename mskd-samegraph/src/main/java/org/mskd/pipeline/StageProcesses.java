package org.mskd.pipeline;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How workers for single stages are started: as this one was, with its limits of memory and its
 * environment, so that what they compute has the same bits. Their input is a pipe from here, which
 * ends with this process; what they say comes by their output.
 *
 * @param command what is run, to which a stage's id is added
 * @param atOnce how many run at a time; 1 if stages are not to run side by side
 */
record StageProcesses(List<String> command, int atOnce) {
  /** One stage after the other, in this process. */
  static final StageProcesses NONE = new StageProcesses(List.of(), 1);

  StageProcesses {
    command = List.copyOf(command);
  }

  /** Workers like this one, with the same request. */
  static StageProcesses ofThisWorker(Path request, int atOnce) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add(StageWorker.class.getName());
    command.add(request.toString());
    return new StageProcesses(command, atOnce);
  }

  Process start(Stage stage) throws IOException {
    List<String> all = new ArrayList<>(command);
    all.add(stage.id());
    ProcessBuilder process = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT);
    // Not as an argument: a class path can be longer than a command line.
    process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return process.start();
  }
}
