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
    Arguments asked = Arguments.parse(arguments);
    torch.set_num_threads(asked.integer("threads"));
    torch.manual_seed(1);
    Results results = new Results();
    MemoryFormat format = MemoryFormat.valueOf(asked.text("format").toUpperCase(Locale.ROOT));
    Runnable step = step(asked, format, results);
    Timing.unlessSlower(asked.number("beat"), asked.integer("warmup"), asked.integer("steps"), step)
        .into(results, "step");
    Resident.peak().ifPresent(mib -> results.put("peakMiB", mib));
    if (step instanceof TorchInference inference) {
      Logits.write(asked.path("logits"), inference.first());
    }
    results.write(asked.path("results"));
  }

  private static Runnable step(Arguments asked, MemoryFormat format, Results results) {
    Network network = new Network(asked.integer("base"), 4, Normalization.INSTANCE);
    int batch = asked.integer("batch");
    int size = asked.integer("size");
    String work = asked.text("work");
    return switch (work) {
      case "supervised" -> new TorchSupervised(network, batch, size, format);
      case "mskd" -> {
        TorchMskd step = new TorchMskd(network, asked.integer("organs"), batch, size, format);
        results.put("claimedShare", step.claimed());
        yield step;
      }
      case "inference" ->
          new TorchInference(
              network, asked.integer("organs") + 1, asked.integer("slices"), batch, size, format);
      default -> throw new IllegalArgumentException("no work " + work);
    };
  }
}
