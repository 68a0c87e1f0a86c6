package org.mskd.loss;

/**
 * The shape of prototypes, {@code [2, classes, prototypes, channels]}: first those of labelled
 * pixels, then those of unlabelled ones.
 *
 * @param classes C, background included
 * @param prototypes M, of each class
 * @param channels D, of each prototype
 */
record PrototypeShape(int classes, int prototypes, int channels) {
  /** Prototypes of all classes of one kind. */
  int all() {
    return classes * prototypes;
  }

  /** Values of one kind. */
  int length() {
    return all() * channels;
  }
}
