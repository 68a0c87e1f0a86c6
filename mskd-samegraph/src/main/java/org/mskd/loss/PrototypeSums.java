package org.mskd.loss;

/**
 * Where a block's sums are: the six terms, the gradients of scale and shift of the embedding, of
 * scale and shift of the scores, the sums of embeddings.
 */
record PrototypeSums(PrototypeShape shape) {
  static final int TERMS = 6;

  int embedding() {
    return TERMS;
  }

  int scores() {
    return embedding() + 2 * shape.channels();
  }

  int embeddings(int kind) {
    return scores() + 2 * shape.classes() + kind * shape.length();
  }

  int length() {
    return embeddings(2);
  }

  /** The loss by its terms. */
  double total(double[] sums, PrototypeSetting setting) {
    double total = 0;
    for (int kind = 0; kind < 2; kind++) {
      total +=
          sums[3 * kind]
              + setting.contrastWeight() * sums[3 * kind + 1]
              + setting.distanceWeight() * sums[3 * kind + 2];
    }
    return total;
  }
}
