package org.mskd.targets;

import java.util.List;

/**
 * The teachers' outputs for a batch.
 *
 * @param margins {@code [batch][size][size][K]} flattened: organ logit minus background logit
 * @param levels of the features, ascending; empty where none are compared
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never compared
public record BatchTargets(float[] margins, List<Level> levels) {
  public BatchTargets {
    levels = List.copyOf(levels);
  }

  /**
   * The features of one level l.
   *
   * @param side of the level's grid: {@code size/2^l}
   * @param channels C
   * @param index {@code [batch][size/2^l][size/2^l][K]} flattened: the number of the row that is
   *     the target, -1 outside the teacher's region; rows are numbered in this order
   * @param rows {@code [R][C]} flattened: log-probabilities, then some unused rows of {@code
   *     log(1/C)} so that R takes few values ({@link org.mskd.loss.RowIndex#capacity})
   */
  @SuppressWarnings("ArrayRecordComponent") // as above
  public record Level(int side, int channels, int[] index, float[] rows) {}
}
