package org.mskd.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;
import org.mskd.benchmark.peer.TorchWork;

/**
 * libtorch, each work in every variant of its settings that may be the fastest. A variant that is
 * clearly slower than an earlier one is stopped after two steps. The fastest variant of the last
 * work runs first.
 */
final class TorchSide {
  private final PeerJvm jvm;
  private final List<String> formats = new ArrayList<>(List.of("contiguous", "channels_last"));
  private Optional<String> absence;

  TorchSide(Path directory, Fork fork, int threads) {
    jvm = new PeerJvm(directory, "libtorch", fork, threads, TorchWork.class.getName());
    absence = jvm.absence();
  }

  /** Why it is not measured; empty if it is. */
  Optional<String> absence() {
    return absence;
  }

  /** Runs a work; empty if libtorch cannot be run on this machine. */
  Optional<PeerRun> run(String name, Arguments parameters)
      throws IOException, InterruptedException {
    SortedMap<String, Double> medians = new TreeMap<>();
    Results best = null;
    String bestName = null;
    for (String format : List.copyOf(formats)) {
      if (absence.isPresent()) {
        return Optional.empty();
      }
      try {
        double beat = best == null ? Double.POSITIVE_INFINITY : best.number(PeerRun.MEDIAN);
        Results results =
            jvm.run(
                name + "-libtorch-" + format, parameters.with("format", format).with("beat", beat));
        double median = results.number(PeerRun.MEDIAN);
        medians.put(format, median);
        if (median < beat) {
          best = results;
          bestName = format;
        }
      } catch (Fork.Failed e) {
        absence = Optional.of(e.getMessage());
      }
    }
    formats.remove(bestName);
    formats.add(0, bestName);
    return Optional.of(new PeerRun(best, bestName, medians));
  }
}
