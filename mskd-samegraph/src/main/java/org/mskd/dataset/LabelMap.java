package org.mskd.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.TestSet;
import org.mskd.problem.BadInputException;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Volume;

/**
 * What the values of a label volume mean: 0 is background, declared values are classes from 1, and
 * anything else is an error that names the element which declares them.
 */
public final class LabelMap {
  /** Tolerance for the rounding of a fractional {@code scl_slope}. */
  private static final float WHOLE = 1e-3f;

  /** More found values than this are not listed. */
  private static final int LISTED = 10;

  private final Map<Integer, Integer> classOf;
  private final String element;
  private final String declared;
  private final String remedy;

  private LabelMap(Map<Integer, Integer> classOf, String element, String owner, String remedy) {
    this.classOf = classOf;
    this.element = element;
    this.declared =
        element
            + owner
            + " declares only "
            + classOf.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
    this.remedy = remedy;
  }

  /** Of a single-organ set: every one of its {@code <labelValues>} is class 1. */
  public static LabelMap training(DatasetSource source) {
    Map<Integer, Integer> classOf = new TreeMap<>();
    source.labelValues().forEach(value -> classOf.put(value, 1));
    return new LabelMap(
        classOf,
        "<labelValues>",
        " of organ " + source.organ(),
        "Declare every value that means "
            + source.organ()
            + ", such as <labelValues>1 2</labelValues>, or correct the label.");
  }

  /** Of a multi-organ set: class n is the n-th of its {@code <labels>}. */
  public static LabelMap multiOrgan(MultiOrganSource source) {
    Map<Integer, Integer> classOf = new TreeMap<>();
    source.labels().forEach(label -> classOf.put(label.value(), classOf.size() + 1));
    return new LabelMap(
        classOf,
        "<labels>",
        " of data set " + source.name(),
        "Declare every value with its organ in <labels>, or correct the label.");
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
      classOf.put(label.value(), channel);
    }
    return new LabelMap(
        classOf,
        "<labels>",
        " of the test set",
        "Declare every value with its organ in <labels>, or correct the label.");
  }

  /**
   * The classes of a label volume on the same grid; the label itself is left as it is.
   *
   * @param file what an error names
   * @throws BadInputException if a value is not whole or not declared
   */
  public Volume classes(Path file, Volume label) {
    float[] classes = new float[label.voxels().length];
    classify(file, label.voxels(), (i, c) -> classes[i] = c);
    return new Volume(label.grid(), classes);
  }

  /** As {@link #classes}, in a quarter of the memory. */
  public ClassMap classMap(Path file, Volume label) {
    byte[] classes = new byte[label.voxels().length];
    classify(file, label.voxels(), (i, c) -> classes[i] = (byte) c);
    return new ClassMap(label.grid(), classes);
  }

  @FunctionalInterface
  private interface ClassOfVoxel {
    void is(int voxel, int c);
  }

  private void classify(Path file, float[] values, ClassOfVoxel result) {
    float last = 0;
    int lastClass = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != last) {
        last = values[i];
        lastClass = classOf(last);
        if (lastClass < 0) {
          throw unknown(file, values);
        }
      }
      result.is(i, lastClass);
    }
  }

  /** Class of a value; -1 where it is not whole or not declared. */
  private int classOf(float value) {
    int whole = Math.round(value);
    if (!(Math.abs(value - whole) <= WHOLE)) {
      return -1;
    }
    return whole == 0 ? 0 : classOf.getOrDefault(whole, -1);
  }

  private BadInputException unknown(Path file, float[] values) {
    SortedSet<Float> found = new TreeSet<>();
    for (float value : values) {
      if (!(Math.abs(value - Math.round(value)) <= WHOLE)) {
        return new BadInputException(
            file + " holds the value " + value + ", which is not a whole number, so is no label.",
            "Check that it is a label volume, and that it was resampled by nearest neighbour; "
                + element
                + " lists the values of organs.");
      }
      if (value != 0 && found.size() <= LISTED) {
        found.add((float) Math.round(value));
      }
    }
    String list =
        found.stream()
            .limit(LISTED)
            .map(value -> String.valueOf(value.intValue()))
            .collect(Collectors.joining(", "));
    return new BadInputException(
        file
            + " holds the label values "
            + list
            + (found.size() > LISTED ? " and others" : "")
            + ", but "
            + declared
            + ".",
        remedy);
  }
}
