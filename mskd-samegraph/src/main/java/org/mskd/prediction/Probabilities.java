package org.mskd.prediction;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;

/**
 * The softmax of the scores of all classes, plane by plane. A voxel's probabilities are those of
 * the interpolated logits that its class is chosen by.
 */
final class Probabilities implements AutoCloseable {
  private final Grid canonical;
  private final List<ProbabilityFile> organs = new ArrayList<>();

  /**
   * @param targets one per organ; temporary files lie in their folder
   */
  Probabilities(Grid canonical, List<Path> targets) {
    this.canonical = canonical;
    try {
      for (Path target : targets) {
        organs.add(new ProbabilityFile(target, canonical.nx() * canonical.ny()));
      }
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Adds a plane; called by several threads.
   *
   * @param scores {@code [class][ny * nx]}, logits
   */
  void plane(int k, float[][] scores) {
    int area = canonical.nx() * canonical.ny();
    byte[][] steps = new byte[organs.size()][area];
    for (int i = 0; i < area; i++) {
      float largest = Float.NEGATIVE_INFINITY;
      for (float[] score : scores) {
        largest = Math.max(largest, score[i]);
      }
      double sum = 0;
      for (float[] score : scores) {
        sum += Math.exp(score[i] - largest);
      }
      for (int c = 1; c < scores.length; c++) {
        double share = Math.exp(scores[c][i] - largest) / sum;
        steps[c - 1][i] = (byte) Math.round(share * ProbabilityFile.STEPS);
      }
    }
    for (int organ = 0; organ < steps.length; organ++) {
      organs.get(organ).plane(k, steps[organ]);
    }
  }

  /** The probabilities of an organ, from 0, in steps of 1/255, on the canonical grid. */
  ClassMap of(int organ) {
    return new ClassMap(canonical, organs.get(organ).read(canonical.nz()));
  }

  @Override
  public void close() {
    organs.forEach(ProbabilityFile::close);
  }
}
