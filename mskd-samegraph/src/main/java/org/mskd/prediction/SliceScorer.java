package org.mskd.prediction;

import org.mskd.experiment.Neighbours;

/**
 * Scores every class at every pixel; the class with the highest score wins. A scorer may combine
 * others of the same classes and batch, as an ensemble does.
 */
public interface SliceScorer extends AutoCloseable {
  /** Number of classes, background included: K+1. */
  int classes();

  /** Forward passes per slice, over all networks. */
  int passes();

  /** Heads that run in each pass; more than 1 where a head predicts one organ. */
  int heads();

  /** The number of trained parameters of all networks. */
  long parameters();

  /** The model that scores class {@code c}, as named in messages, such as {@code The student}. */
  String modelOf(int c);

  /** What the networks read beside a slice; all of them the same. */
  Neighbours neighbours();

  /** The number of slices per call of {@link #score}. */
  int batch();

  /**
   * @param images {@code [batch][size][size][channels]} flattened, values in [-1, 1]: each slice
   *     with its {@link #neighbours}
   * @param count the number of slices among them, from the first; the rest is padding
   * @param scores receives {@code [class][batch * size * size]}; those of padding are undefined
   */
  void score(float[] images, int count, float[][] scores);

  @Override
  void close();
}
