package org.mskd.dataset;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.LabelGrid;
import org.mskd.experiment.LabelReading;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.ValueRange;
import org.mskd.problem.BadInputException;
import org.mskd.volume.ClassMap;
import org.mskd.volume.VoxelStream;

/**
 * What the values of a label volume mean: 0 and values declared as background are background,
 * values of organs are classes from 1, ignored values are {@link ClassMap#IGNORED}, and anything
 * else is an error that names the elements which declare them.
 */
public final class LabelMap {
  private static final String OTHER_VALUES =
      " If other values are right too, list them in <backgroundValues>: numbers, ranges such as"
          + " 5-13, or others.";

  private final int[] classOf = new int[ValueRange.LARGEST + 1];
  private final String element;
  private final String declared;
  private final String remedy;

  private LabelMap(
      Map<Integer, Integer> organs,
      LabelReading reading,
      String element,
      String owner,
      String remedy) {
    Arrays.setAll(
        classOf, value -> value == 0 || reading.isBackground(value) ? 0 : LabelClasses.UNDECLARED);
    for (int value = 1; value < classOf.length; value++) {
      if (reading.ignores(value)) {
        classOf[value] = ClassMap.IGNORED;
      }
    }
    organs.forEach((value, c) -> classOf[value] = c);
    this.element = element;
    this.declared =
        element
            + owner
            + " declares only "
            + organs.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
    this.remedy = remedy;
  }

  /** Of a single-organ set: every one of its {@code <labelValues>} is class 1. */
  public static LabelMap training(DatasetSource source) {
    Map<Integer, Integer> classOf = new TreeMap<>();
    source.labelValues().forEach(value -> classOf.put(value, 1));
    return new LabelMap(
        classOf,
        source.reading(),
        "<labelValues>",
        " of organ " + source.organ(),
        "Declare every value that means "
            + source.organ()
            + ", such as <labelValues>1 2</labelValues>, or correct the label."
            + OTHER_VALUES);
  }

  /** Of a multi-organ set: class n is the n-th of its {@code <labels>}. */
  public static LabelMap multiOrgan(MultiOrganSource source) {
    Map<Integer, Integer> classOf = new TreeMap<>();
    int c = 0;
    for (OrganLabel label : source.labels()) {
      c++;
      for (int value : label.values()) {
        classOf.put(value, c);
      }
    }
    return new LabelMap(
        classOf,
        source.reading(),
        "<labels>",
        " of data set " + source.name(),
        "Declare every value with its organ in <labels>, or correct the label." + OTHER_VALUES);
  }

  /**
   * Of the test set: its {@code <labels>}.
   *
   * @param organs the organs in the order of the student's channels 1..K
   */
  public static LabelMap test(TestSet testSet, List<String> organs) {
    Map<Integer, Integer> classOf = new TreeMap<>();
    for (OrganLabel label : testSet.labels()) {
      int channel = organs.indexOf(label.organ()) + 1;
      if (channel == 0) {
        throw new IllegalArgumentException(label.organ() + " is none of " + organs);
      }
      label.values().forEach(value -> classOf.put(value, channel));
    }
    return new LabelMap(
        classOf,
        testSet.reading(),
        "<labels>",
        " of the test set",
        "Declare every value with its organ in <labels>, or correct the label."
            + OTHER_VALUES
            + " Voxels of values in <ignoreValues> are left out of the scores.");
  }

  /**
   * The classes of a label volume, in its file's order.
   *
   * @throws BadInputException if the file cannot be read, or a value is not whole or not declared
   */
  public ClassMap read(Path file) {
    return read(file, LabelGrid.LABEL);
  }

  /**
   * As {@link #read(Path)}.
   *
   * @param grid with {@link LabelGrid#IMAGE} the position in the file's header is not needed
   */
  ClassMap read(Path file, LabelGrid grid) {
    try (VoxelStream voxels =
        grid == LabelGrid.IMAGE ? VoxelStream.openUnplaced(file) : VoxelStream.open(file)) {
      return new ClassMap(voxels.grid(), new LabelClasses(file, this).read(voxels));
    }
  }

  /** Class of a whole value; {@link LabelClasses#UNDECLARED} where it is not declared. */
  int classOf(int value) {
    return value < 0 || value > ValueRange.LARGEST ? LabelClasses.UNDECLARED : classOf[value];
  }

  /** Whether the label was resampled or is no label at all. */
  BadInputException fraction(Path file, float value) {
    return new BadInputException(
        file + " holds the value " + value + ", which is not a whole number, so is no label.",
        "Check that it is a label volume, and that it was resampled by nearest neighbour; "
            + element
            + " lists the values of organs.");
  }

  /**
   * @param found the values of the label, with a note if there are more
   */
  BadInputException undeclared(Path file, String found) {
    return new BadInputException(
        file + " holds the label values " + found + ", but " + declared + ".", remedy);
  }
}
