package org.mskd.report.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;

/**
 * The slices of a case that are shown: for each organ the one in which it is largest, and the one
 * with the most wrong voxels of a model.
 */
final class SliceChoice {
  private final DrawnOrgans organs;
  private final int area;

  /** {@code [class][z]}: pixels in the reference, and in the prediction. */
  private final int[][] reference;

  private final int[][] predicted;
  private final int[] wrong;

  SliceChoice(DrawnOrgans organs, ClassMap reference, ClassMap prediction) {
    Grid grid = reference.grid();
    this.organs = organs;
    this.area = grid.nx() * grid.ny();
    this.reference = new int[organs.count() + 1][grid.nz()];
    this.predicted = new int[organs.count() + 1][grid.nz()];
    this.wrong = new int[grid.nz()];
    for (int z = 0; z < grid.nz(); z++) {
      count(z, reference.classes(), prediction.classes());
    }
  }

  private void count(int z, byte[] truth, byte[] found) {
    for (int i = z * area; i < (z + 1) * area; i++) {
      int t = Byte.toUnsignedInt(truth[i]);
      int f = Byte.toUnsignedInt(found[i]);
      if (t == ClassMap.IGNORED) {
        continue;
      }
      wrong[z] += t == f || (t == 0 && !organs.isComparable(f)) ? 0 : 1;
      if (t > 0 && t <= organs.count()) {
        reference[t][z]++;
      }
      if (f > 0 && f <= organs.count()) {
        predicted[f][z]++;
      }
    }
  }

  /**
   * The slices, from head to feet.
   *
   * @param model whose errors are counted
   */
  List<ChosenSlice> slices(String model) {
    SortedMap<Integer, List<Integer>> largest = new TreeMap<>((a, b) -> b - a);
    for (int organ = 1; organ <= organs.count(); organ++) {
      int[] shown = largest(reference[organ]) >= 0 ? reference[organ] : predicted[organ];
      if (largest(shown) >= 0) {
        largest.computeIfAbsent(largest(shown), z -> new ArrayList<>()).add(organ);
      }
    }
    int worst = largest(wrong);
    if (worst >= 0) {
      largest.computeIfAbsent(worst, z -> new ArrayList<>());
    }
    List<ChosenSlice> chosen = new ArrayList<>();
    largest.forEach(
        (z, shown) -> {
          List<String> why = new ArrayList<>(shown.stream().map(organs::name).toList());
          if (z == worst) {
            why.add("most errors of " + model);
          }
          chosen.add(new ChosenSlice(z, shown, String.join(", ", why)));
        });
    return chosen;
  }

  /** Where a count is largest; -1 if it is 0 everywhere. */
  private static int largest(int[] counts) {
    int best = -1;
    for (int z = 0; z < counts.length; z++) {
      if (counts[z] > (best < 0 ? 0 : counts[best])) {
        best = z;
      }
    }
    return best;
  }

  /** The chosen slices and others at equal distances, from head to feet. */
  static List<Integer> with(List<ChosenSlice> chosen, int slices, int others) {
    TreeSet<Integer> all = new TreeSet<>();
    chosen.forEach(slice -> all.add(slice.z()));
    for (int i = 0; i < Math.min(others, slices); i++) {
      all.add((int) ((2L * i + 1) * slices / (2L * Math.min(others, slices))));
    }
    return List.copyOf(all.descendingSet());
  }
}
