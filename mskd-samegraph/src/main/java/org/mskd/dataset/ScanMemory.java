package org.mskd.dataset;

import java.util.Locale;
import java.util.function.Supplier;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiReader;

/** Names the scan where the heap is too small for it. */
public final class ScanMemory {
  /** Bytes per voxel of the image, at most, and of a class map. */
  private static final int BYTES = Float.BYTES + 1;

  /** Heap in MiB that is taken by all else. */
  private static final int OTHERS = 256;

  /** The message of the JVM itself. */
  private static final String HEAP = "Java heap space";

  private ScanMemory() {}

  /**
   * The result of work on one scan.
   *
   * @param work reads or predicts the scan
   * @throws BadInputException naming the scan, its size and what it takes, if the heap is exhausted
   */
  public static <T> T of(Subject subject, Supplier<T> work) {
    try {
      return work.get();
    } catch (OutOfMemoryError e) {
      if (!HEAP.equals(e.getMessage())) {
        throw e; // the memory of tensors
      }
      Grid grid = NiftiReader.readGrid(subject.image());
      long voxels = (long) grid.size() * BYTES >> 20;
      long heap = Runtime.getRuntime().maxMemory() >> 20;
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "The heap of %3$d MiB is too small for %1$s: its %4$d x %5$d x %6$d voxels alone take"
                  + " up to %2$d MiB, and slices and scores need more.",
              subject.image(),
              voxels,
              heap,
              grid.nx(),
              grid.ny(),
              grid.nz()),
          String.format(
              Locale.ROOT,
              "Set <maxHeap=%dm>, or crop the scan. Scans that are finished are kept.",
              Math.max(voxels + OTHERS, 2 * heap)),
          e);
    }
  }
}
