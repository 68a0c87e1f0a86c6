package org.mskd.loss;

import java.util.Arrays;
import org.mskd.experiment.Regions;

/** The logit terms of a block of pixels, run by run. Not thread-safe. */
final class LogitTerms {
  private final int organs;
  private final double lambda;
  private final double inverseTemperature;
  private final RegionRule rule;
  private final float[] logits;
  private final float[] margins;
  private final Softmax student;
  private final TeacherProbabilities teachers;
  private final BackgroundLogitTerm background;
  private final LogitGradient gradient;

  /** The weight of each pixel in each term, {@code [term][pixel]}, 0 outside its region. */
  private final double[][] weights;

  /** Sums over runs, {@code [term][pixel of the run]}. */
  private final double[][] values;

  /**
   * @param lambda λ1
   */
  LogitTerms(int organs, double lambda, double temperature, Regions regions) {
    int run = PixelBlocks.RUN;
    this.organs = organs;
    this.lambda = lambda;
    this.inverseTemperature = 1 / temperature;
    this.rule = RegionRule.of(organs, regions);
    this.logits = new float[run * (organs + 1)];
    this.margins = new float[run * organs];
    this.student = new Softmax(organs + 1, run);
    this.teachers = new TeacherProbabilities(organs, run);
    this.background = new BackgroundLogitTerm(organs, run);
    this.gradient = new LogitGradient(organs, run);
    this.weights = new double[organs + 1][run];
    this.values = new double[organs + 1][run];
  }

  /**
   * Adds a block to the sums of the terms and writes its gradient.
   *
   * @param scale factor of the gradient
   * @param sums the K organ terms and the background term
   */
  void add(LogitLossOp.Maps maps, int first, int count, double scale, double[] sums) {
    int channels = organs + 1;
    int run;
    for (int at = first; at < first + count; at += run) {
      run = PixelBlocks.run(at, first + count, maps.area());
      maps.student().get(at * channels, logits, run * channels);
      maps.margins().get(at * organs, margins, run * organs);
      student.load(logits, run, inverseTemperature);
      teachers.load(margins, run, inverseTemperature);
      gradient.clear(run);
      addRun(run, maps.shares()[at / maps.area()]);
      // The logits are not needed any more: the gradient overwrites them.
      gradient.write(student, run, scale, logits);
      maps.gradient().put(at * channels, logits, run * channels);
    }
    for (int term = 0; term < channels; term++) {
      sums[term] += PixelBlocks.total(values[term], 0, PixelBlocks.RUN);
    }
  }

  private void addRun(int run, double[] shares) {
    if (weigh(run, shares)) {
      for (int k = 0; k < organs; k++) {
        OrganLogitTerm.add(teachers, student, k, run, weights[k], values[k], gradient);
      }
    }
    background.add(teachers, student, run, weights[organs], lambda, values[organs], gradient);
  }

  /** Sets the weights; returns whether any pixel of the run belongs to an organ's region. */
  private boolean weigh(int run, double[] shares) {
    Arrays.fill(weights[organs], 0, run, shares[organs]);
    boolean any = !rule.masks();
    for (int k = 0; k < organs && !rule.masks(); k++) {
      Arrays.fill(weights[k], 0, run, shares[k]);
    }
    // Most runs are background: one scan for any organ decides whether the organ terms are needed.
    for (int j = 0; j < run * organs && rule.masks(); j++) {
      if (RegionRule.isOrgan(margins[j])) {
        if (!any) {
          any = true;
          for (int k = 0; k < organs; k++) {
            Arrays.fill(weights[k], 0, run, 0);
          }
        }
        int i = j / organs;
        int k = j - i * organs;
        weights[organs][i] = 0;
        if (rule.organ(margins, i * organs, k)) {
          weights[k][i] = shares[k];
        }
      }
    }
    return any;
  }
}
