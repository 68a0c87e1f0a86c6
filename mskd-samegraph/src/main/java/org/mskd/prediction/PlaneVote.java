package org.mskd.prediction;

import org.mskd.dataset.SliceGeometry;
import org.mskd.dataset.SliceReturn;

/**
 * Takes the class with the highest score in planes of a scan. Holds scratch memory: one thread at a
 * time.
 */
final class PlaneVote {
  private final SliceReturn slices;
  private final int classes;
  private final float[] best;
  private final float[] scores;

  PlaneVote(SliceGeometry geometry, int classes) {
    this.slices = new SliceReturn(geometry);
    this.classes = classes;
    this.best = new float[geometry.nx() * geometry.ny()];
    this.scores = new float[best.length];
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
      int offset = k * best.length;
      slices.plane(window.of(0), window.first(), k, best, 0);
      for (int c = 1; c < classes; c++) {
        slices.plane(window.of(c), window.first(), k, scores, 0);
        for (int i = 0; i < best.length; i++) {
          if (scores[i] > best[i]) {
            best[i] = scores[i];
            map[offset + i] = (byte) c;
          }
        }
      }
    }
  }
}
