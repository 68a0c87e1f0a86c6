package org.mskd.prediction;

import java.util.Arrays;
import org.mskd.dataset.NeighbourSlices;
import org.mskd.dataset.SliceSource;

/**
 * The scores of a few consecutive slices, sliding from the feet to the head: one batch, and the
 * slice before it, since a plane between two slices needs both. Reads each slice once.
 */
final class ScoreWindow {
  private final SliceScorer scorer;
  private final SliceSource slices;
  private final NeighbourSlices reader;
  private final int area;
  private final float[] images;
  private final float[][] batchScores;
  private final float[][] scores;
  private int first;
  private int end;

  ScoreWindow(SliceScorer scorer, SliceSource slices) {
    this.scorer = scorer;
    this.slices = slices;
    this.reader = new NeighbourSlices(scorer.neighbours());
    this.area = slices.size() * slices.size();
    int pixels = Math.multiplyExact(scorer.batch(), area);
    this.images = new float[Math.multiplyExact(pixels, reader.channels())];
    this.batchScores = new float[scorer.classes()][pixels];
    this.scores = new float[scorer.classes()][Math.addExact(pixels, area)];
  }

  /** The slice that the window begins with. */
  int first() {
    return first;
  }

  /** Past the window's last slice; 0 before the first {@link #advance}. */
  int end() {
    return end;
  }

  /** Scores of a class, {@code [batch + 1][size][size]}, up to {@link #end}. */
  float[] of(int c) {
    return scores[c];
  }

  /**
   * Scores the next batch.
   *
   * @throws org.mskd.problem.BadInputException if a score is NaN or infinite
   */
  void advance() {
    int count = Math.min(scorer.batch(), slices.slices() - end);
    Arrays.fill(images, -1);
    for (int slot = 0; slot < count; slot++) {
      reader.read(slices, end + slot, images, slot * area * reader.channels());
    }
    scorer.score(images, count, batchScores);
    FiniteScores.require(scorer, batchScores, count, slices, end);
    int kept = Math.min(1, end);
    for (int c = 0; c < scores.length; c++) {
      if (kept > 0) {
        System.arraycopy(scores[c], (end - 1 - first) * area, scores[c], 0, area);
      }
      System.arraycopy(batchScores[c], 0, scores[c], kept * area, count * area);
    }
    first = end - kept;
    end += count;
  }
}
