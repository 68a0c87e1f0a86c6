package org.mskd.discovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mskd.problem.BadInputException;
import org.mskd.volume.LabelValues;
import org.mskd.volume.NiftiReader;

/**
 * The values that the labels of a data set hold.
 *
 * @param values every value but 0, with the first file that holds it
 * @param files number of labels
 * @param read how many of them were read
 * @param problems labels that cannot be read, and why
 */
record LabelScan(SortedMap<Integer, Path> values, int files, int read, List<Remark> problems) {
  /**
   * The largest number of voxels that are read of a data set: 16 volumes of 512 x 512 x 512, less
   * than a minute of decompression. Of larger sets evenly spaced labels are read, so that the
   * result depends on the data alone.
   */
  private static final long VOXELS = 1L << 31;

  /** Reads the labels, or evenly spaced ones of a large set. */
  static LabelScan of(Map<String, Path> labelOf) {
    return of(labelOf, VOXELS);
  }

  /** As {@link #of(Map)}, with at most so many voxels, but at least one label. */
  static LabelScan of(Map<String, Path> labelOf, long mostVoxels) {
    List<Path> labels = List.copyOf(labelOf.values());
    List<Remark> problems = new ArrayList<>();
    int count = countToRead(labels, mostVoxels);
    SortedMap<Integer, Path> values = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      Path label = labels.get((int) ((long) i * labels.size() / count));
      try {
        LabelValues.of(label).forEach(value -> values.putIfAbsent(value, label));
      } catch (BadInputException e) {
        problems.add(Remark.check(e.getMessage()));
      }
    }
    values.remove(0);
    return new LabelScan(values, labels.size(), count, problems);
  }

  /**
   * Number of labels to read; those with an unreadable header are assumed to be of average size.
   */
  private static int countToRead(List<Path> labels, long mostVoxels) {
    long voxels = labels.stream().mapToLong(LabelScan::size).sum();
    double share = voxels == 0 ? 1 : (double) mostVoxels / voxels;
    return (int) Math.max(1, Math.min(labels.size(), labels.size() * share));
  }

  /** Number of voxels; 0 of a damaged header, which is reported where the voxels are read. */
  private static long size(Path label) {
    try {
      return NiftiReader.readGrid(label).size();
    } catch (BadInputException e) {
      return 0;
    }
  }

  /** Whether every label was read. */
  boolean complete() {
    return read == files;
  }

  /** The values, ascending. */
  SortedSet<Integer> found() {
    return new TreeSet<>(values.keySet());
  }
}
