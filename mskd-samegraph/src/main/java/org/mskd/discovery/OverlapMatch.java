package org.mskd.discovery;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.problem.BadInputException;
import org.mskd.volume.VoxelStream;

/**
 * Finds which organ a label value means, by comparison with labels of single organs on the same
 * scans: the value means the organ that most of its voxels lie in.
 */
final class OverlapMatch {
  /** Scans of each organ: more than one, since an organ may be small or cut off in one scan. */
  private static final int SCANS = 3;

  /** The smallest share: a larger structure that includes the organ has a smaller one. */
  private static final double SHARE = 0.5;

  /** Largest distance of two labels' grids, mm. */
  private static final double SAME_PLACE = 0.1;

  private static final int BLOCK = 1 << 13;

  private OverlapMatch() {}

  /**
   * Labels of one organ.
   *
   * @param organ its name
   * @param labelOf the labels by subject id
   * @param values the values that mean the organ
   */
  record Reference(String organ, Map<String, Path> labelOf, Set<Integer> values) {}

  /**
   * The organ of each value that has one.
   *
   * @param labelOf the labels to be matched, by subject id
   * @param references only those of the same subject on the same grid are compared
   */
  static SortedMap<Integer, String> match(Map<String, Path> labelOf, List<Reference> references) {
    SortedMap<Integer, String> organOf = new TreeMap<>();
    Map<Integer, Double> best = new HashMap<>();
    for (Reference reference : references) {
      shares(labelOf, reference)
          .forEach(
              (value, share) -> {
                if (share > SHARE && share > best.getOrDefault(value, 0.0)) {
                  best.put(value, share);
                  organOf.put(value, reference.organ());
                }
              });
    }
    return organOf;
  }

  /** Of each value but 0 the share of its voxels in the organ. */
  private static Map<Integer, Double> shares(Map<String, Path> labelOf, Reference reference) {
    Map<Integer, long[]> counts = new TreeMap<>();
    labelOf.entrySet().stream()
        .filter(label -> reference.labelOf().containsKey(label.getKey()))
        .limit(SCANS)
        .forEach(
            label ->
                count(
                    label.getValue(),
                    reference.labelOf().get(label.getKey()),
                    reference.values(),
                    counts));
    Map<Integer, Double> shares = new TreeMap<>();
    counts.forEach((value, count) -> shares.put(value, (double) count[1] / count[0]));
    return shares;
  }

  private static void count(
      Path label, Path organ, Set<Integer> values, Map<Integer, long[]> counts) {
    float[] here = new float[BLOCK];
    float[] there = new float[BLOCK];
    try (VoxelStream labels = VoxelStream.open(label);
        VoxelStream organs = VoxelStream.open(organ)) {
      if (!labels.grid().matches(organs.grid(), SAME_PLACE)) {
        return;
      }
      for (int read = labels.read(here, 0); read > 0; read = labels.read(here, 0)) {
        organs.read(there, 0);
        for (int i = 0; i < read; i++) {
          int value = Math.round(here[i]);
          if (value != 0) {
            long[] count = counts.computeIfAbsent(value, v -> new long[2]);
            count[0]++;
            count[1] += values.contains(Math.round(there[i])) ? 1 : 0;
          }
        }
      }
    } catch (BadInputException e) {
      // A damaged label is reported with its data set, or by check-data. Other scans are compared.
      return;
    }
  }
}
