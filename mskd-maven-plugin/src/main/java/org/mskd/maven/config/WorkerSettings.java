package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.Optional;
import org.mskd.experiment.ReportImages;
import org.mskd.pipeline.request.CacheOptions;
import org.mskd.pipeline.request.ReportOptions;
import org.mskd.pipeline.request.RunOptions;

/**
 * Settings of the worker process.
 *
 * @param threads compute threads
 * @param backend {@code auto} or coordinates
 * @param maxHeap of the JVM
 * @param maxOffHeap of the tensors
 * @param outputDirectory the folder of all results
 * @param nativesCache the folder that native libraries are extracted to; empty: JavaCPP's choice
 * @param jvm the JDK, further options and environment variables of the worker
 * @param options options that no result depends on
 */
public record WorkerSettings(
    int threads,
    String backend,
    MemorySize maxHeap,
    MemorySize maxOffHeap,
    Path outputDirectory,
    Optional<Path> nativesCache,
    JvmSettings jvm,
    RunOptions options) {
  /** The backend chosen for this machine. */
  public static final String AUTO = "auto";

  private static final int MAX_THREADS = 1024;
  private static final int MAX_PARALLEL = 64;
  private static final int MAX_KEPT = 1000;
  private static final int MAX_ITERATIONS = 1_000_000_000;

  /** Settings without further options; JavaCPP chooses the folder of the native libraries. */
  public WorkerSettings(
      int threads,
      String backend,
      MemorySize maxHeap,
      MemorySize maxOffHeap,
      Path outputDirectory,
      RunOptions options) {
    this(
        threads,
        backend,
        maxHeap,
        maxOffHeap,
        outputDirectory,
        Optional.empty(),
        JvmSettings.NONE,
        options);
  }

  /** These settings with another output directory. */
  public WorkerSettings withOutputDirectory(Path other) {
    return new WorkerSettings(
        threads, backend, maxHeap, maxOffHeap, other, nativesCache, jvm, options);
  }

  /** These settings with the threads of a lock; null if it has none. */
  public WorkerSettings withThreads(String locked) {
    int number;
    try {
      number = locked == null ? threads : Integer.parseInt(locked);
    } catch (NumberFormatException e) {
      number = threads; // it is reported as another environment
    }
    boolean allowed = number >= 1 && number <= MAX_THREADS;
    return new WorkerSettings(
        allowed ? number : threads,
        backend,
        maxHeap,
        maxOffHeap,
        outputDirectory,
        nativesCache,
        jvm,
        options);
  }

  /** These settings without a cache of results. */
  public WorkerSettings withoutCache() {
    return new WorkerSettings(
        threads,
        backend,
        maxHeap,
        maxOffHeap,
        outputDirectory,
        nativesCache,
        jvm,
        options.caching(Optional.empty()));
  }

  /** These settings with another backend. */
  public WorkerSettings withBackend(String coordinates) {
    return new WorkerSettings(
        threads, coordinates, maxHeap, maxOffHeap, outputDirectory, nativesCache, jvm, options);
  }

  /**
   * Reads the settings. By default the tensors have half of the memory, divided by the trainings
   * that run side by side, and the heap a sixth of it, which is enough for two trainings, or a
   * third divided by more of them (1 to 8 GiB: volumes pass through it one at a time).
   *
   * @throws org.mskd.problem.BadInputException for a value that is not allowed
   */
  public static WorkerSettings of(Section root) {
    MemorySize physical = MemorySize.physical();
    RunOptions options = options(root);
    int threads =
        root.value("threads")
            .map(value -> between(value, 1, MAX_THREADS))
            .orElseGet(() -> Runtime.getRuntime().availableProcessors());
    return new WorkerSettings(
        threads,
        root.value("backend").map(Value::text).orElse(AUTO),
        root.value("maxHeap")
            .map(MemorySize::parse)
            .orElseGet(
                () -> physical.fraction(1.0 / 3 / Math.max(2, options.parallel()), 1024, 8192)),
        root.value("maxOffHeap")
            .map(MemorySize::parse)
            .orElseGet(() -> physical.fraction(0.5 / options.parallel(), 1024, Long.MAX_VALUE)),
        root.required("outputDirectory").asPath(root.basedir()),
        root.value("nativesCache").map(value -> value.asPath(root.basedir())),
        JvmSettings.of(root),
        options);
  }

  private static RunOptions options(Section root) {
    RunOptions usual = RunOptions.DEFAULT;
    RunOptions work =
        new RunOptions(
            root.value("checkpointEvery")
                .map(value -> between(value, 1, MAX_ITERATIONS))
                .orElse(usual.checkpointEvery()),
            root.value("rerun")
                .map(value -> value.asWords("stages such as teacher:liver, separated by commas"))
                .orElse(usual.rerun()),
            root.flag("reread", usual.reread()),
            root.value("parallel")
                .map(value -> between(value, 1, MAX_PARALLEL))
                .orElse(usual.parallel()),
            root.value("keep").map(value -> between(value, 0, MAX_KEPT)).orElse(usual.keep()));
    return work.caching(cache(root))
        .namingCases(root.flag("lockNames", usual.lockNames()))
        .reporting(report(root, usual.report()));
  }

  private static ReportOptions report(Section root, ReportOptions usual) {
    return new ReportOptions(
        root.value("reportImages")
            .map(value -> value.asOneOf(ReportImages.class))
            .orElse(usual.images()),
        root.value("reportSize")
            .map(MemorySize::parseDisk)
            .map(MemorySize::bytes)
            .orElse(usual.maximumBytes()));
  }

  private static Optional<CacheOptions> cache(Section root) {
    long bytes =
        root.value("cacheSize")
            .map(MemorySize::parse)
            .map(MemorySize::bytes)
            .orElse(CacheOptions.DEFAULT_BYTES);
    return root.value("cacheDirectory")
        .map(value -> new CacheOptions(value.asPath(root.basedir()), bytes));
  }

  /** The memory that a run may take: that of all trainings that run side by side. */
  public long bytes() {
    return maxHeap.plus(maxOffHeap).bytes() * options.parallel();
  }

  /** Whether the goal is skipped. */
  public static boolean skip(Section root) {
    return root.flag("skip", false);
  }

  private static int between(Value value, int least, int most) {
    int number = value.asInt();
    if (number < least || number > most) {
      throw value.notAllowed("a whole number from " + least + " to " + most);
    }
    return number;
  }
}
