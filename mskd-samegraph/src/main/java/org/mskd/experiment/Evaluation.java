package org.mskd.experiment;

import java.util.List;

/**
 * How predictions are scored.
 *
 * @param surfaceToleranceMm mm within which surface Dice accepts a surface voxel; above 0, at most
 *     100
 * @param components how many connected components are kept, by organ; of other organs all
 */
public record Evaluation(double surfaceToleranceMm, List<KeptComponents> components) {
  private static final double MAXIMUM_TOLERANCE_MM = 100;

  /** A tolerance of 2 mm. */
  public static final Evaluation DEFAULT = new Evaluation(2, List.of());

  /**
   * @throws org.mskd.problem.BadInputException if the tolerance is outside its bounds
   */
  public Evaluation {
    if (!(surfaceToleranceMm > 0 && surfaceToleranceMm <= MAXIMUM_TOLERANCE_MM)) {
      throw Checks.notAllowed(
          "surfaceTolerance", surfaceToleranceMm, "a number above 0 and at most 100, in mm");
    }
    components = components == null ? List.of() : List.copyOf(components);
  }
}
