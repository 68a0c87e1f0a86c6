package org.mskd.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.ForegroundIndex;
import org.mskd.dataset.NeighbourSlices;
import org.mskd.dataset.SliceStore;

/**
 * Which slices of an unlabelled subject show an organ, and where: a pixel counts where any class
 * scores above background, which for the merged teachers means that any of them predicts its organ.
 */
public final class ForegroundDetection {
  private final SliceScorer scorer;

  public ForegroundDetection(SliceScorer scorer) {
    this.scorer = scorer;
  }

  /**
   * @return by slice the positions {@code row * size + column} of organ pixels, ascending, at most
   *     {@value ForegroundIndex#MOST}, evenly picked among all; slices without one are left out
   * @throws org.mskd.problem.BadInputException if a score is NaN or infinite
   */
  public SortedMap<Integer, List<Integer>> organPixels(SliceStore store) {
    int area = store.size() * store.size();
    int pixels = Math.multiplyExact(scorer.batch(), area);
    NeighbourSlices reader = new NeighbourSlices(scorer.neighbours());
    float[] images = new float[Math.multiplyExact(pixels, reader.channels())];
    float[][] scores = new float[scorer.classes()][pixels];
    SortedMap<Integer, List<Integer>> found = new TreeMap<>();
    for (int first = 0; first < store.slices(); first += scorer.batch()) {
      int count = Math.min(scorer.batch(), store.slices() - first);
      Arrays.fill(images, -1);
      for (int slot = 0; slot < count; slot++) {
        reader.read(store, first + slot, images, slot * area * reader.channels());
      }
      scorer.score(images, count, scores);
      FiniteScores.require(scorer, scores, count, store, first);
      for (int slot = 0; slot < count; slot++) {
        List<Integer> organ = picked(organPixels(scores, slot * area, area));
        if (!organ.isEmpty()) {
          found.put(first + slot, organ);
        }
      }
    }
    return found;
  }

  private static List<Integer> organPixels(float[][] scores, int from, int area) {
    List<Integer> pixels = new ArrayList<>();
    for (int i = 0; i < area; i++) {
      for (int c = 1; c < scores.length; c++) {
        if (scores[c][from + i] > scores[0][from + i]) {
          pixels.add(i);
          break;
        }
      }
    }
    return pixels;
  }

  /** The middles of {@value ForegroundIndex#MOST} equal parts, or all there are. */
  private static List<Integer> picked(List<Integer> pixels) {
    if (pixels.size() <= ForegroundIndex.MOST) {
      return pixels;
    }
    List<Integer> picked = new ArrayList<>();
    for (int i = 0; i < ForegroundIndex.MOST; i++) {
      picked.add(pixels.get((int) ((2L * i + 1) * pixels.size() / (2 * ForegroundIndex.MOST))));
    }
    return picked;
  }
}
