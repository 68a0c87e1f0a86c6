package org.mskd.prediction;

/** Scores every class at every pixel; the class with the highest score wins. */
public interface SliceScorer extends AutoCloseable {
  /** Number of classes, background included: K+1. */
  int classes();

  /** How often the image passes through a network. */
  int passes();

  /** The model that scores class {@code c}, as a message names it, such as {@code The student}. */
  String modelOf(int c);

  /** How many slices are scored at once. */
  int batch();

  /**
   * @param images {@code [batch][size][size]} flattened, values in [-1, 1]
   * @param count how many of them are slices, from the first; the rest is padding
   * @param scores receives {@code [class][batch * size * size]}; those of padding mean nothing
   */
  void score(float[] images, int count, float[][] scores);

  @Override
  void close();
}
