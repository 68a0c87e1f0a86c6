package org.mskd.benchmark.peer;

import java.io.IOException;
import java.util.Locale;
import org.bytedeco.pytorch.global.torch;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Resident;
import org.mskd.benchmark.measure.Results;
import org.mskd.benchmark.measure.Timing;
import org.mskd.benchmark.network.Logits;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;

/** A JVM that does one work with libtorch in one memory format. */
public final class TorchWork {
  private TorchWork() {}

  /** Runs the work that the arguments name. */
  public static void main(String[] arguments) throws IOException {
    Arguments parameters = Arguments.parse(arguments);
    torch.set_num_threads(parameters.integer("threads"));
    torch.manual_seed(1);
    Results results = new Results();
    MemoryFormat format = MemoryFormat.valueOf(parameters.text("format").toUpperCase(Locale.ROOT));
    Runnable step = step(parameters, format, results);
    Timing.unlessSlower(
            parameters.number("beat"),
            parameters.integer("warmup"),
            parameters.integer("steps"),
            step)
        .into(results, "step");
    Resident.peak().ifPresent(mib -> results.put("peakMiB", mib));
    if (step instanceof TorchInference inference) {
      Logits.write(parameters.path("logits"), inference.first());
    }
    results.write(parameters.path("results"));
  }

  private static Runnable step(Arguments parameters, MemoryFormat format, Results results) {
    Network network = new Network(parameters.integer("base"), 4, Normalization.INSTANCE);
    int batch = parameters.integer("batch");
    int size = parameters.integer("size");
    String work = parameters.text("work");
    return switch (work) {
      case "supervised" -> new TorchSupervised(network, batch, size, format);
      case "mskd" -> {
        TorchMskd step = new TorchMskd(network, parameters.integer("organs"), batch, size, format);
        results.put("claimedShare", step.claimed());
        yield step;
      }
      case "inference" ->
          new TorchInference(
              network,
              parameters.integer("organs") + 1,
              parameters.integer("slices"),
              batch,
              size,
              format);
      default -> throw new IllegalArgumentException("no work " + work);
    };
  }
}
