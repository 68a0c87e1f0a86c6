package org.mskd.experiment;

import java.util.Collection;
import java.util.List;
import org.mskd.problem.BadInputException;

/**
 * What the label volumes of a set hold besides the declared organs, and where they lie. A declared
 * organ's value has priority over a range that contains it, and an ignored value over a background
 * range.
 *
 * @param background values that count as background: {@code <backgroundValues>}
 * @param ignored values whose voxels are left out of the scores: {@code <ignoreValues>}
 * @param grid where the voxels lie: {@code <labelGrid>}
 */
public record LabelReading(List<ValueRange> background, List<ValueRange> ignored, LabelGrid grid) {
  /** Every value but 0 is declared, and the label's header places it. */
  public static final LabelReading DEFAULT =
      new LabelReading(List.of(), List.of(), LabelGrid.LABEL);

  public LabelReading {
    background = background == null ? List.of() : List.copyOf(background);
    ignored = ignored == null ? List.of() : List.copyOf(ignored);
    grid = grid == null ? LabelGrid.LABEL : grid;
    for (ValueRange range : ignored) {
      if (range.isSingle() && background.contains(range)) {
        throw twice(range, "<ignoreValues> and <backgroundValues>");
      }
    }
  }

  /**
   * Checks that no organ's value is listed by itself as background or to be ignored.
   *
   * @throws BadInputException naming the value
   */
  void checkApart(Collection<Integer> organs) {
    for (int value : organs) {
      ValueRange single = ValueRange.of(value);
      if (background.contains(single)) {
        throw twice(single, "an organ and <backgroundValues>");
      }
      if (ignored.contains(single)) {
        throw twice(single, "an organ and <ignoreValues>");
      }
    }
  }

  private static BadInputException twice(ValueRange value, String places) {
    return new BadInputException(
        "The label value " + value + " is declared twice: as " + places + ".",
        "Keep one of the two.");
  }

  /** Whether a value that no organ has is left out of the scores. */
  public boolean ignores(int value) {
    return ignored.stream().anyMatch(range -> range.contains(value));
  }

  /** Whether a value that no organ has counts as background. */
  public boolean isBackground(int value) {
    return background.stream().anyMatch(range -> range.contains(value));
  }
}
