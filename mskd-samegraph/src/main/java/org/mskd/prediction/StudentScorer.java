package org.mskd.prediction;

import org.mskd.architecture.Architecture;
import org.mskd.experiment.Neighbours;
import org.mskd.model.Model;

/**
 * The student, of any architecture: a class's score is its logit. A network that gives each organ's
 * logit against the rest scores the background 0, so that the organ with the largest logit wins
 * where any is above 0.
 */
public final class StudentScorer implements SliceScorer {
  private final SliceNetwork network;
  private final Architecture architecture;

  public StudentScorer(Model model, int batch) {
    this.network = SliceNetwork.of(model, batch);
    this.architecture = model.card().architecture();
  }

  @Override
  public int classes() {
    return network.classes();
  }

  @Override
  public int passes() {
    return architecture.passes();
  }

  @Override
  public int heads() {
    return architecture.heads();
  }

  @Override
  public long parameters() {
    return architecture.parameterCount();
  }

  @Override
  public String modelOf(int c) {
    return "The student";
  }

  @Override
  public Neighbours neighbours() {
    return architecture.network().neighbours();
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
