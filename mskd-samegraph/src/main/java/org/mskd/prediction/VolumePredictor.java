package org.mskd.prediction;

import java.util.Arrays;
import org.mskd.dataset.SliceGeometry;
import org.mskd.dataset.SliceStore;

/**
 * Predicts one subject: scores its slices, brings each class's scores back to the scan's canonical
 * grid by linear interpolation, and takes the class with the highest score there. Interpolating
 * scores, not classes, keeps boundaries smooth where the grid is finer than the slices.
 */
public final class VolumePredictor {
  private final SliceScorer scorer;

  public VolumePredictor(SliceScorer scorer) {
    this.scorer = scorer;
  }

  /**
   * @param store the subject's prepared slices
   * @return classes 0..K on the canonical grid, {@code [nz][ny][nx]} flattened
   */
  public byte[] predict(SliceStore store) {
    float[][] scores = scores(store);
    SliceGeometry geometry = store.subject().geometry();
    byte[] classes = null;
    float[] best = null;
    for (int c = 0; c < scores.length; c++) {
      float[] onGrid = geometry.fromSlices(scores[c]);
      scores[c] = null; // hundreds of MiB on a large scan
      if (classes == null) {
        classes = new byte[onGrid.length];
        best = onGrid;
        continue;
      }
      for (int i = 0; i < onGrid.length; i++) {
        if (onGrid[i] > best[i]) {
          best[i] = onGrid[i];
          classes[i] = (byte) c;
        }
      }
    }
    return classes;
  }

  private float[][] scores(SliceStore store) {
    int area = store.size() * store.size();
    int batch = scorer.batch();
    float[][] scores = new float[scorer.classes()][store.slices() * area];
    float[] images = new float[batch * area];
    float[][] batchScores = new float[scorer.classes()][batch * area];
    for (int first = 0; first < store.slices(); first += batch) {
      int count = Math.min(batch, store.slices() - first);
      Arrays.fill(images, -1);
      for (int slot = 0; slot < count; slot++) {
        store.image(first + slot, images, slot * area);
      }
      scorer.score(images, batchScores);
      for (int c = 0; c < scores.length; c++) {
        System.arraycopy(batchScores[c], 0, scores[c], first * area, count * area);
      }
    }
    return scores;
  }
}
