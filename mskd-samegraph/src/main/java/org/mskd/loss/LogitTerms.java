package org.mskd.loss;

import org.mskd.experiment.Overlap;
import org.mskd.experiment.Regions;

/** The logit terms of a block of pixels, run by run. Not safe for threads. */
final class LogitTerms {
  private final int organs;
  private final double backgroundWeight;
  private final double inverseTemperature;
  private final boolean masks;
  private final boolean winnerOnly;
  private final float[] logits;
  private final float[] margins;
  private final Softmax student;
  private final TeacherProbabilities teachers;
  private final BackgroundLogitTerm background;
  private final PixelGradient gradient;

  LogitTerms(int organs, double backgroundWeight, double temperature, Regions regions) {
    this.organs = organs;
    this.backgroundWeight = backgroundWeight;
    this.inverseTemperature = 1 / temperature;
    this.masks = regions.masks();
    this.winnerOnly = regions.overlap() == Overlap.WINNER;
    this.logits = new float[PixelBlocks.RUN * (organs + 1)];
    this.margins = new float[PixelBlocks.RUN * organs];
    this.student = new Softmax(organs + 1, PixelBlocks.RUN);
    this.teachers = new TeacherProbabilities(organs, PixelBlocks.RUN);
    this.background = new BackgroundLogitTerm(organs);
    this.gradient = new PixelGradient(organs + 1);
  }

  /**
   * Adds a block to the sums of the terms and writes its gradient.
   *
   * @param scale what the gradient is multiplied by
   * @param sums the K organ terms and the background term
   */
  void add(LogitLossOp.Maps maps, int first, int count, double scale, double[] sums) {
    int channels = organs + 1;
    int run;
    for (int at = first; at < first + count; at += run) {
      run = PixelBlocks.run(at, first + count, maps.area());
      maps.student().get(at * channels, logits, run * channels);
      maps.margins().get(at * organs, margins, run * organs);
      student.load(logits, 0, run, inverseTemperature);
      teachers.load(margins, run, inverseTemperature);
      double[] shares = maps.shares()[at / maps.area()];
      for (int i = 0; i < run; i++) {
        gradient.clear();
        addPixel(i, shares, sums);
        // The logits are used up: their gradient takes their place.
        gradient.write(student, i, scale, logits, i * channels);
      }
      maps.gradient().put(at * channels, logits, run * channels);
    }
  }

  private void addPixel(int i, double[] shares, double[] sums) {
    int winner = masks ? RegionMaps.winner(margins, i * organs, organs) : -1;
    if (winner >= 0 || !masks) {
      for (int k = 0; k < organs; k++) {
        if (!masks || (winnerOnly ? k == winner : margins[i * organs + k] > 0)) {
          double share = shares[k];
          sums[k] += share * OrganLogitTerm.add(teachers, student, i, k, share, gradient);
        }
      }
    }
    if (winner < 0) {
      double share = shares[organs];
      sums[organs] +=
          share * background.add(teachers, student, i, backgroundWeight * share, gradient);
    }
  }
}
