package org.mskd.prediction;

import org.mskd.dataset.SliceGeometry;
import org.mskd.dataset.SliceReturn;

/**
 * Takes the class with the highest score in planes of a scan. Holds scratch memory: one thread at a
 * time.
 */
final class PlaneVote {
  private final SliceReturn slices;
  private final PlaneListener listener;
  private final int area;

  /** By class; without a listener for scores all but the first share one array. */
  private final float[][] scores;

  private final float[] best;

  PlaneVote(SliceGeometry geometry, int classes, PlaneListener listener) {
    this.slices = new SliceReturn(geometry);
    this.listener = listener;
    this.area = geometry.nx() * geometry.ny();
    this.scores = new float[classes][];
    this.best = new float[area];
    float[] shared = new float[area];
    for (int c = 0; c < classes; c++) {
      scores[c] = listener.wantsScores() ? new float[area] : shared;
    }
  }

  /** Past the last slice that plane {@code k} is made of. */
  int endSlice(int k) {
    return slices.endSlice(k);
  }

  /**
   * Planes {@code from} to {@code to - 1}; where two classes score the same, the lower one wins.
   *
   * @param map {@code [nz][ny][nx]}, 0 in these planes
   */
  void planes(ScoreWindow window, int from, int to, byte[] map) {
    for (int k = from; k < to; k++) {
      for (int c = 0; c < scores.length; c++) {
        slices.plane(window.of(c), window.first(), k, scores[c], 0);
        vote(c, map, k * area);
      }
      if (listener.wantsScores()) {
        listener.scores(k, scores);
      }
    }
  }

  private void vote(int c, byte[] map, int offset) {
    float[] own = scores[c];
    if (c == 0) {
      System.arraycopy(own, 0, best, 0, area);
      return;
    }
    for (int i = 0; i < area; i++) {
      if (own[i] > best[i]) {
        best[i] = own[i];
        map[offset + i] = (byte) c;
      }
    }
  }
}
