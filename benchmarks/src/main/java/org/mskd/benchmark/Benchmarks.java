package org.mskd.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mskd.benchmark.measure.Arguments;

/** Runs the benchmarks, prints the table and writes {@code benchmarks.json}. */
public final class Benchmarks {
  private static final String ALL = "all";
  private static final int MEASURED = 5;

  private Benchmarks() {}

  /**
   * Runs the benchmarks.
   *
   * @param arguments {@code directory=}, the module's {@code target}; {@code quick=}; {@code
   *     works=all} or some by name; {@code libtorch=} and {@code onnxruntime=}, their versions
   * @throws IllegalStateException if our side fails; a peer that cannot be run is left out
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Arguments parameters = Arguments.parse(arguments);
    boolean quick = parameters.flag("quick");
    List<Benchmark> works =
        chosen(all(quick ? Scale.quick() : Scale.full()), parameters.text("works"));
    Path directory = parameters.path("directory");
    Path folder = Files.createDirectories(directory.resolve("benchmarks"));
    Fork fork = new Fork(folder);
    OurSide ours = new OurSide(directory, fork);
    TorchSide torch = new TorchSide(directory, fork, ours.threads());
    OnnxRuntimeSide onnx = new OnnxRuntimeSide(directory, fork, ours.threads());
    Report report = new Report();
    describe(report, Machine.ofThis(), ours, parameters);
    for (Benchmark work : works) {
      long began = System.nanoTime();
      work.run(new Sides(ours, torch, onnx, folder), report);
      print("%-14s %6.1f s", work.name(), (System.nanoTime() - began) * 1e-9);
    }
    torch.absence().ifPresent(why -> report.note("libtorch is absent: " + why));
    onnx.absence().ifPresent(why -> report.note("ONNX Runtime is absent: " + why));
    Path json = directory.resolve("benchmarks.json");
    JsonReport.write(json, report);
    print(
        "%n%s%nWritten to %s after %.0f s.",
        Table.of(report), json, (System.nanoTime() - start) * 1e-9);
  }

  private static List<Benchmark> all(Scale scale) {
    return List.of(
        new MachineBenchmark(scale.peakSide()),
        new SupervisedBenchmark("supervised256", Goal.SUPERVISED_256, scale.small(), MEASURED),
        new SupervisedBenchmark("supervised512", Goal.SUPERVISED_512, scale.large(), 0),
        new MskdBenchmark(scale),
        new SettingsBenchmark(scale.mskd().get(0), scale.slices()),
        new InferenceBenchmark(scale.small(), scale.slices()),
        new PredictBenchmark(scale.small(), scale.slices()),
        new PrepareBenchmark(scale.scan()));
  }

  private static List<Benchmark> chosen(List<Benchmark> all, String names) {
    if (names.equals(ALL)) {
      return all;
    }
    Set<String> wanted = new TreeSet<>(Arrays.asList(names.split(",")));
    List<Benchmark> chosen = all.stream().filter(work -> wanted.remove(work.name())).toList();
    if (!wanted.isEmpty()) {
      throw new IllegalArgumentException(
          "-Dbenchmark.works names %s; allowed are all, %s"
              .formatted(
                  wanted, all.stream().map(Benchmark::name).collect(Collectors.joining(", "))));
    }
    return chosen;
  }

  private static void describe(Report report, Machine machine, OurSide ours, Arguments parameters) {
    report.environment("processor", machine.processor());
    report.environment("cores", machine.cores());
    report.environment("threads", ours.threads());
    report.environment("memoryGiB", machine.memoryGiB());
    report.environment("system", machine.system());
    report.environment("java", machine.java());
    report.environment("backend", ours.backend());
    report.environment("libtorch", parameters.text("libtorch"));
    report.environment("onnxruntime", parameters.text("onnxruntime"));
    report.environment("quick", parameters.text("quick"));
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
