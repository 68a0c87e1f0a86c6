package org.mskd.loss;

/**
 * What is the same for all pixels of a {@link PrototypeLoss}.
 *
 * @param norms scale and shift of the embedding's normalisation, then of the scores'
 * @param prototypes {@code [2][C][M][D]} flattened
 */
@SuppressWarnings("ArrayRecordComponent") // made for one step, never compared
record PrototypeSetting(
    PrototypeShape shape,
    float[][] norms,
    float[] prototypes,
    double contrastWeight,
    double distanceWeight) {
  Embedding embedding() {
    return new Embedding(norms[0], norms[1]);
  }

  /**
   * @param kind 0 for labelled pixels, 1 for unlabelled ones
   */
  PrototypeScores scores(int kind) {
    return new PrototypeScores(shape, prototypes, kind * shape.length(), norms[2], norms[3]);
  }
}
