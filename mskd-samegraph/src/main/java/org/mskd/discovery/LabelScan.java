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
   * As many voxels of a data set as are read: less than a minute of decompression, 16 volumes of
   * 512 x 512 x 512. Of larger sets evenly spaced labels are read, so that the result depends on
   * the data alone.
   */
  private static final long VOXELS = 1L << 31;

  /** Reads the labels, or evenly spaced ones if all would take long. */
  static LabelScan of(Map<String, Path> labelOf) {
    List<Path> labels = List.copyOf(labelOf.values());
    List<Remark> problems = new ArrayList<>();
    int count = affordable(labels);
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

  /** How many labels can be read. A header that cannot be read is reported with the voxels. */
  private static int affordable(List<Path> labels) {
    long voxels = 0;
    int headers = 0;
    for (Path label : labels) {
      try {
        voxels += NiftiReader.readGrid(label).size();
        headers++;
      } catch (BadInputException e) {
        continue;
      }
    }
    double share = headers == 0 ? 1 : (double) VOXELS / voxels;
    return (int) Math.max(1, Math.min(labels.size(), labels.size() * share));
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
