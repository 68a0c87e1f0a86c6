package org.mskd.maven.worker;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mskd.file.AtomicFile;
import org.mskd.maven.config.MemorySize;
import org.mskd.maven.config.WorkerSettings;

/**
 * How the worker's JVM is started.
 *
 * @param java the launcher
 * @param classpath jars and class folders
 * @param mainClass what is run
 * @param arguments what it is given
 * @param settings memory and threads
 * @param files where its files go
 */
public record WorkerCommand(
    String java,
    List<Path> classpath,
    String mainClass,
    List<String> arguments,
    WorkerSettings settings,
    RunFiles files) {
  /** The worker's entry point. */
  public static final String WORKER = "org.mskd.pipeline.Worker";

  /** What JavaCPP may see resident beyond heap and tensors: code, stacks, the collector's own. */
  private static final MemorySize OVERHEAD = new MemorySize(2048);

  /** The heap's part for what is made anew in each step. */
  private static final MemorySize YOUNG = new MemorySize(48);

  /** What follows {@code java}, one argument a line of the file. */
  List<String> jvmArguments() {
    MemorySize heap = settings.maxHeap();
    MemorySize offHeap = settings.maxOffHeap();
    List<String> all = new ArrayList<>();
    all.add("-Xmx" + heap);
    // Tensors lie outside the heap and batches are small: a parallel collector would only spread
    // over more memory, and take a core from the step.
    all.add("-XX:+UseSerialGC");
    all.add("-Xmn" + YOUNG);
    all.add("-Dorg.bytedeco.javacpp.maxbytes=" + offHeap);
    all.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=" + heap.plus(offHeap).plus(OVERHEAD));
    all.add("-Djava.awt.headless=true");
    all.add("-Dfile.encoding=UTF-8");
    all.add("-XX:ErrorFile=" + files.logs().resolve("hs_err_pid%p.log"));
    all.add("-cp");
    all.add(classpath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    all.add(mainClass);
    all.addAll(arguments);
    return all;
  }

  /**
   * The environment's additions. OpenMP reads its thread count only when the process starts; its
   * threads must not spin for long after an operation, or they take the cores from the JVM's.
   */
  Map<String, String> environment() {
    return Map.of(
        "OMP_NUM_THREADS", Integer.toString(settings.threads()), "GOMP_SPINCOUNT", "1000");
  }

  /**
   * Writes the arguments to a file, since a class path can be longer than a command line, and makes
   * the process.
   *
   * @throws org.mskd.problem.BadInputException where the folder cannot be written
   */
  public ProcessBuilder toProcess() {
    Path file = files.arguments();
    String lines =
        jvmArguments().stream().map(WorkerCommand::quoted).collect(Collectors.joining("\n"));
    AtomicFile.writePrivate(file, out -> out.write((lines + "\n").getBytes(launcherCharset())));
    ProcessBuilder process = new ProcessBuilder(java, "@" + file);
    process.environment().putAll(environment());
    return process;
  }

  /** As the launcher's argument files want it: in quotes, where a backslash escapes. */
  static String quoted(String argument) {
    String escaped =
        argument
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t");
    return '"' + escaped + '"';
  }

  /** The launcher reads the file in the system's encoding, not in UTF-8. */
  private static Charset launcherCharset() {
    String name = System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
    return Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
  }
}
