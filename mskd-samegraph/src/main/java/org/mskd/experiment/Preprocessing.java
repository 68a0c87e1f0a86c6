package org.mskd.experiment;

import java.util.List;
import org.mskd.problem.BadInputException;

/**
 * From a CT volume to square slices.
 *
 * @param sliceSize side of a slice, pixels
 * @param windowLow HU that becomes -1
 * @param windowHigh HU that becomes 1
 * @param targetSpacing mm per voxel after resampling: empty (scale the longer side to {@code
 *     sliceSize}), one value (in plane) or two (in plane, between slices)
 */
public record Preprocessing(
    int sliceSize, double windowLow, double windowHigh, List<Double> targetSpacing) {
  /** The source's patch, the field's abdominal soft-tissue window. */
  public static final Preprocessing DEFAULT = new Preprocessing(512, -125, 275, List.of());

  public Preprocessing {
    Checks.within("sliceSize", sliceSize, 16, 2048);
    Checks.within("window", windowLow, -32768.0, 32767.0);
    Checks.within("window", windowHigh, -32768.0, 32767.0);
    if (windowHigh <= windowLow) {
      throw new BadInputException(
          "<window> is " + windowLow + " " + windowHigh + ".",
          "Give the lower HU first, then the higher, such as -125 275.");
    }
    targetSpacing = targetSpacing == null ? List.of() : List.copyOf(targetSpacing);
    if (targetSpacing.size() > 2) {
      throw Checks.notAllowed(
          "targetSpacing", targetSpacing, "one value in mm (in plane) or two (and between slices)");
    }
    for (double mm : targetSpacing) {
      Checks.within("targetSpacing", mm, 0.05, 50.0);
    }
  }
}
