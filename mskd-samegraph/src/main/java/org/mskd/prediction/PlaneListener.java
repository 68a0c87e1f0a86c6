package org.mskd.prediction;

/** Receives what a prediction computes, plane by plane of the scan's canonical grid. */
public interface PlaneListener {
  /** Receives nothing. */
  PlaneListener NONE = done -> {};

  /**
   * Planes are predicted. Called by the thread that predicts; an exception ends the prediction.
   *
   * @param done how many, from the feet on
   */
  void planesDone(int done);

  /** Whether {@link #scores} is to be called. */
  default boolean wantsScores() {
    return false;
  }

  /**
   * The scores of one plane. Called by several threads, each plane once, in any order.
   *
   * @param k which plane, 0 at the feet
   * @param scores {@code [class][ny * nx]}, overwritten afterwards
   */
  default void scores(int k, float[][] scores) {}
}
