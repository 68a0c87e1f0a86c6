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
 * with the most wrong voxels.
 */
final class SliceChoice {
  private final int slices;
  private final int area;

  /** {@code [class][z]}: pixels in the reference, and in the prediction. */
  private final int[][] reference;

  private final int[][] predicted;
  private final int[] wrong;

  /**
   * @param organs how many classes there are besides background
   */
  SliceChoice(int organs, ClassMap reference, ClassMap prediction) {
    Grid grid = reference.grid();
    this.slices = grid.nz();
    this.area = grid.nx() * grid.ny();
    this.reference = new int[organs + 1][slices];
    this.predicted = new int[organs + 1][slices];
    this.wrong = new int[slices];
    for (int z = 0; z < slices; z++) {
      count(z, organs, reference.classes(), prediction.classes());
    }
  }

  private void count(int z, int organs, byte[] truth, byte[] found) {
    for (int i = z * area; i < (z + 1) * area; i++) {
      int t = Byte.toUnsignedInt(truth[i]);
      int f = Byte.toUnsignedInt(found[i]);
      if (t == ClassMap.IGNORED) {
        continue;
      }
      wrong[z] += t == f ? 0 : 1;
      if (t > 0 && t <= organs) {
        reference[t][z]++;
      }
      if (f > 0 && f <= organs) {
        predicted[f][z]++;
      }
    }
  }

  /**
   * The slices, from head to feet.
   *
   * @param organs names of classes 1..K
   * @param model whose errors are counted
   */
  List<ChosenSlice> slices(List<String> organs, String model) {
    SortedMap<Integer, String> why = new TreeMap<>((a, b) -> b - a);
    for (int organ = 1; organ <= organs.size(); organ++) {
      int[] shown = largest(reference[organ]) >= 0 ? reference[organ] : predicted[organ];
      int z = largest(shown);
      if (z >= 0) {
        why.merge(z, organs.get(organ - 1), (all, one) -> all + ", " + one);
      }
    }
    int worst = largest(wrong);
    if (worst >= 0) {
      why.merge(worst, "most errors of " + model, (all, one) -> all + ", " + one);
    }
    List<ChosenSlice> chosen = new ArrayList<>();
    why.forEach((z, text) -> chosen.add(new ChosenSlice(z, text)));
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
