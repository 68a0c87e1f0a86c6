package org.mskd.teacher;

import java.util.List;
import org.mskd.dataset.SliceRef;
import org.mskd.training.SliceSources;

/** What a teacher reads of training slices, and how its outputs come to the student's grid. */
interface TeacherInput {
  /**
   * Reads slices.
   *
   * @param capacity the number of slices that the network runs at once, at least the number of
   *     slices; the rest is filled with air
   * @return {@code [capacity][side][side][channels]} flattened, in [-1, 1]; valid until the next
   *     call
   */
  float[] images(SliceSources sources, List<SliceRef> slices, int capacity);

  /**
   * The margins of a slice that was read last. Thread-safe.
   *
   * @param margins {@code [side][side]}, organ logit minus background logit
   * @return on the student's grid, {@code [size][size]}
   */
  float[] margins(int slot, float[] margins);

  /**
   * Positions of a slice that was read last. Thread-safe.
   *
   * @param stride pixels along the side of a position
   * @return for each position of the student's grid that of the teacher's
   */
  PositionMap positions(int slot, int stride);

  /** From a position of the student's grid to one of the teacher's. */
  @FunctionalInterface
  interface PositionMap {
    int of(int position);
  }
}
