package org.mskd.benchmark.ours;

import java.nio.file.Path;
import java.util.List;
import org.mskd.benchmark.measure.Results;
import org.mskd.dataset.Sampler;
import org.mskd.dataset.SliceRef;
import org.mskd.targets.TargetLayout;
import org.mskd.teacher.SliceTeachers;
import org.mskd.teacher.TargetRecorder;
import org.mskd.training.SliceSources;

/** The cost of storing teacher outputs, per slice. */
final class Storing {
  static final String DIGEST = "teachers of the benchmark";

  /** Enough iterations to sample every slice of a small pool. */
  private static final int DRAWS = 1000;

  private static final int WARMUP_BATCHES = 3;

  private final TargetRecorder recorder;
  private final SliceSources sources;
  private final int batch;

  Storing(SliceTeachers teachers, TargetLayout layout, SliceSources sources) {
    this.recorder = new TargetRecorder(teachers, layout);
    this.sources = sources;
    this.batch = teachers.batch();
  }

  /** Stores a few slices to warm up, then all sampled ones, timed from the first to the last. */
  void into(Path file, Sampler sampler, Results results) {
    List<SliceRef> slices = sampler.sampled(DRAWS);
    int few = Math.min(slices.size(), WARMUP_BATCHES * batch);
    record(file.resolveSibling("warm-up.targets"), slices.subList(0, few));
    long start = System.nanoTime();
    record(file, slices);
    results.put("storing.msASlice", (System.nanoTime() - start) * 1e-6 / slices.size());
    results.put("storing.slices", slices.size());
    results.put("storing.bytesASlice", (double) file.toFile().length() / slices.size());
  }

  private void record(Path file, List<SliceRef> slices) {
    if (!recorder.record(file, DIGEST, Long.MAX_VALUE / 2, sources, slices, done -> {})) {
      throw new IllegalStateException(file + " would be larger than any disk");
    }
  }
}
