package org.mskd.prediction;

import java.util.ArrayList;
import java.util.List;
import org.mskd.dataset.SliceGeometry;
import org.mskd.dataset.SliceReturn;

/**
 * Takes the class with the highest score in planes of a scan. Holds scratch memory: one thread at a
 * time.
 */
final class PlaneVote {
  private final ClassOrder order;
  private final List<SliceReturn> slices = new ArrayList<>();
  private final PlaneListener listener;
  private final int area;

  /** By class; without a listener for scores all but the first share one array. */
  private final float[][] scores;

  private final float[] best;

  /**
   * @param geometries of the slices that each part scores
   */
  PlaneVote(List<SliceGeometry> geometries, ClassOrder order, PlaneListener listener) {
    geometries.forEach(geometry -> slices.add(new SliceReturn(geometry)));
    this.order = order;
    this.listener = listener;
    this.area = geometries.get(0).nx() * geometries.get(0).ny();
    this.scores = new float[order.classes()][];
    this.best = new float[area];
    float[] shared = new float[area];
    for (int c = 0; c < scores.length; c++) {
      scores[c] = listener.wantsScores() ? new float[area] : shared;
    }
  }

  /** Past the last slice of a part that plane {@code k} is made of. */
  int endSlice(int part, int k) {
    return slices.get(part).endSlice(k);
  }

  /**
   * Planes {@code from} to {@code to - 1}; where two classes score the same, the lower one wins.
   *
   * @param windows of each part
   * @param map {@code [nz][ny][nx]}, 0 in these planes
   */
  void planes(List<ScoreWindow> windows, int from, int to, byte[] map) {
    for (int k = from; k < to; k++) {
      for (int c = 0; c < scores.length; c++) {
        int part = order.part(c);
        ScoreWindow window = windows.get(part);
        slices.get(part).plane(window.of(order.classOfPart(c)), window.first(), k, scores[c], 0);
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
