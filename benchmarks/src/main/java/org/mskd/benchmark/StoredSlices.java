package org.mskd.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mskd.dataset.Sampler;
import org.mskd.dataset.SlicePool;
import org.mskd.dataset.SubjectSlices;
import org.mskd.experiment.Training;

/**
 * The number of slices whose teacher outputs a training stores: the sampled ones, counted by the
 * real sampler over a pool like the example's real CT, with 4 organs of 5 scans each, 2,554 slices
 * in all, a third of them showing their organ.
 */
final class StoredSlices {
  /** Steps of the source's training. */
  static final int ITERATIONS = 1000;

  private static final int ORGANS = 4;
  private static final int SCANS = 5;
  private static final int SLICES = 2554;

  private StoredSlices() {}

  /** Slices that a training of {@link #ITERATIONS} steps stores. */
  static int drawn() {
    return new Sampler(pool(), Training.DEFAULT.batchSize(), Training.DEFAULT.forcedSlots(), 1)
        .sampled(ITERATIONS)
        .size();
  }

  /** The cost of a slice, distributed over all steps. */
  static double perStep(double milliseconds) {
    return milliseconds * drawn() / ITERATIONS;
  }

  static SlicePool pool() {
    List<List<SubjectSlices>> datasets = new ArrayList<>();
    int scans = ORGANS * SCANS;
    for (int organ = 0; organ < ORGANS; organ++) {
      List<SubjectSlices> subjects = new ArrayList<>();
      for (int s = 0; s < SCANS; s++) {
        int scan = organ * SCANS + s;
        int slices = SLICES * (scan + 1) / scans - SLICES * scan / scans;
        int[] annotated = IntStream.range(slices / 3, slices / 3 + slices / 3).toArray();
        subjects.add(new SubjectSlices(slices, annotated));
      }
      datasets.add(subjects);
    }
    return new SlicePool(datasets);
  }
}
