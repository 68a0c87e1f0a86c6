package org.mskd.prediction;

import org.mskd.model.Model;

/** The student: one pass, a class's score is its logit. */
public final class StudentScorer implements SliceScorer {
  private final SliceNetwork network;
  private final long parameters;

  /**
   * @throws IllegalArgumentException if the model needs more than one pass per slice
   */
  public StudentScorer(Model model, int batch) {
    if (model.card().passes() != 1) {
      throw new IllegalArgumentException(model.card().passes() + " passes per slice, not 1");
    }
    this.network = SliceNetwork.of(model, batch);
    this.parameters = model.parameters();
  }

  @Override
  public int classes() {
    return network.outputs();
  }

  @Override
  public int passes() {
    return 1;
  }

  @Override
  public int heads() {
    return 1;
  }

  @Override
  public long parameters() {
    return parameters;
  }

  @Override
  public String modelOf(int c) {
    return "The student";
  }

  @Override
  public int batch() {
    return network.slices();
  }

  @Override
  public void score(float[] images, int count, float[][] scores) {
    float[] logits = network.logits(images, count);
    int classes = classes();
    for (int c = 0; c < classes; c++) {
      float[] target = scores[c];
      for (int i = 0, at = c; i < target.length; i++, at += classes) {
        target[i] = logits[at];
      }
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
