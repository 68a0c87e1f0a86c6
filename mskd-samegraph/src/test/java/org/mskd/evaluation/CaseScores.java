package org.mskd.evaluation;

import java.util.OptionalDouble;

/** Scores of made-up cases, whose volumes have a diagonal of 500 mm. */
public final class CaseScores {
  public static final double DIAGONAL = 500;
  private static final OptionalDouble NONE = OptionalDouble.empty();

  private CaseScores() {}

  /** An organ of 100 ml that was found, predicted with 90 ml and a surface Dice of 0.75. */
  public static CaseScore found(String id, String organ, double dice, double hd95, double assd) {
    return new CaseScore(
        id,
        organ,
        OptionalDouble.of(dice),
        OptionalDouble.of(0.75),
        OptionalDouble.of(hd95),
        OptionalDouble.of(assd),
        100,
        90,
        false,
        false,
        DIAGONAL);
  }

  /** An organ of 100 ml of which nothing was predicted. */
  public static CaseScore missed(String id, String organ) {
    OptionalDouble zero = OptionalDouble.of(0);
    return new CaseScore(id, organ, zero, zero, NONE, NONE, 100, 0, true, false, DIAGONAL);
  }

  /** An organ of 100 ml, predicted with 90 ml, without a surface: ignored voxels surround it. */
  public static CaseScore withoutSurface(String id, String organ, double dice) {
    OptionalDouble some = OptionalDouble.of(dice);
    return new CaseScore(id, organ, some, NONE, NONE, NONE, 100, 90, false, false, DIAGONAL);
  }

  /** An organ that neither reference nor prediction has. */
  public static CaseScore absent(String id, String organ) {
    return new CaseScore(id, organ, NONE, NONE, NONE, NONE, 0, 0, false, false, DIAGONAL);
  }

  /** An organ that was predicted where there is none. */
  public static CaseScore falsePositive(String id, String organ, double ml) {
    return new CaseScore(id, organ, NONE, NONE, NONE, NONE, 0, ml, false, true, DIAGONAL);
  }
}
