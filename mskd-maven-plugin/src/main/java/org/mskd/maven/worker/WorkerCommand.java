package org.mskd.maven.worker;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mskd.maven.config.MemorySize;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.problem.BadInputException;

/**
 * The command that starts the worker's JVM.
 *
 * @param java the launcher
 * @param classpath jars and class folders
 * @param mainClass main class of the worker
 * @param arguments of the main class
 * @param settings memory and threads
 * @param files of the run
 * @param environment parts of this process' environment for the worker
 */
public record WorkerCommand(
    String java,
    List<Path> classpath,
    String mainClass,
    List<String> arguments,
    WorkerSettings settings,
    RunFiles files,
    WorkerEnvironment environment) {
  /** The worker's entry point. */
  public static final String WORKER = "org.mskd.pipeline.worker.Worker";

  /**
   * Resident memory that JavaCPP counts beyond heap and tensors: code, stacks, the collector's own.
   */
  private static final MemorySize OVERHEAD = new MemorySize(2048);

  /** The choice of a garbage collector; a JVM does not start with two. */
  private static final Pattern COLLECTOR =
      Pattern.compile("-XX:\\+Use(Serial|Parallel|ParallelOld|G1|Z|Shenandoah|Epsilon)GC");

  /** Percentage of the heap for short-lived objects of each step. */
  private static final MemorySize YOUNG = new MemorySize(48);

  /** A command whose worker runs in the environment of this process. */
  public WorkerCommand(
      String java,
      List<Path> classpath,
      String mainClass,
      List<String> arguments,
      WorkerSettings settings,
      RunFiles files) {
    this(java, classpath, mainClass, arguments, settings, files, WorkerEnvironment.ofThisProcess());
  }

  /** The arguments of {@code java}, one per line of the file. */
  List<String> jvmArguments() {
    MemorySize heap = settings.maxHeap();
    MemorySize offHeap = settings.maxOffHeap();
    // Of two values for one property the JVM takes the last, so these come first.
    List<String> all = new ArrayList<>(environment.jvmOptions());
    all.addAll(settings.jvm().arguments());
    all.add("-Xmx" + heap);
    if (settings.jvm().arguments().stream().noneMatch(COLLECTOR.asMatchPredicate())) {
      // Tensors lie outside the heap and batches are small: a parallel collector would only use
      // more memory, and take a core from the step.
      all.add("-XX:+UseSerialGC");
      all.add("-Xmn" + YOUNG);
    }
    all.add("-Dorg.bytedeco.javacpp.maxbytes=" + offHeap);
    all.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=" + heap.plus(offHeap).plus(OVERHEAD));
    settings.nativesCache().ifPresent(cache -> all.add(NativesCache.option(cache)));
    all.add("-Djava.awt.headless=true");
    all.add("-Dfile.encoding=UTF-8");
    // The JVM replaces %p by its process id, and %% by one percent sign.
    all.add("-XX:ErrorFile=" + files.logs().toString().replace("%", "%%") + "/hs_err_pid%p.log");
    all.add("-cp");
    all.add(joined(classpath));
    all.add(mainClass);
    all.addAll(arguments);
    return all;
  }

  /**
   * The environment's additions: those that the POM declares, and the plugin's own. OpenMP reads
   * its thread count only when the process starts; its threads must not spin for long after an
   * operation, or they take the cores from the JVM's.
   */
  Map<String, String> variables() {
    Map<String, String> all = new TreeMap<>(settings.jvm().environment());
    all.put("OMP_NUM_THREADS", Integer.toString(settings.threads()));
    all.put("GOMP_SPINCOUNT", "1000");
    return all;
  }

  /**
   * Writes the arguments to a file, since a class path can be longer than a command line, and
   * returns the process builder.
   *
   * @throws BadInputException if the folder cannot be written, or a name in the class path contains
   *     the character that separates its entries
   */
  public ProcessBuilder toProcess() {
    Path file =
        ArgumentFile.write(files.arguments(), jvmArguments(), environment.locale().charset());
    ProcessBuilder process = new ProcessBuilder(java, "@" + file);
    environment.applyTo(process.environment());
    process.environment().putAll(variables());
    return process;
  }

  private static String joined(List<Path> classpath) {
    for (Path entry : classpath) {
      if (entry.toString().contains(File.pathSeparator)) {
        throw new BadInputException(
            entry
                + " cannot be on a Java class path: its name contains '"
                + File.pathSeparator
                + "', which separates the entries.",
            "Use a local repository in another folder: -Dmaven.repo.local=...");
      }
    }
    return classpath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
