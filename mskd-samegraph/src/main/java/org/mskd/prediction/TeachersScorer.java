package org.mskd.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mskd.experiment.Neighbours;
import org.mskd.loss.Margins;
import org.mskd.model.Model;

/**
 * The K teachers merged: background scores 0, organ k the margin of teacher k's organ logit over
 * its background logit. So the organ with the largest margin wins where any teacher predicts its
 * organ.
 */
public final class TeachersScorer implements SliceScorer {
  private final List<String> organs;
  private final List<SliceNetwork> networks;
  private final long parameters;
  private final Neighbours neighbours;

  /**
   * @param models in the order of classes 1..K
   * @throws IllegalArgumentException if they do not read the same neighbours
   */
  public TeachersScorer(List<Model> models, int batch) {
    this.organs = models.stream().map(model -> model.card().organs().get(0)).toList();
    this.parameters =
        models.stream().mapToLong(model -> model.card().architecture().parameterCount()).sum();
    List<Neighbours> inputs =
        models.stream().map(model -> model.card().network().neighbours()).distinct().toList();
    if (inputs.size() != 1) {
      throw new IllegalArgumentException("teachers with the neighbours " + inputs);
    }
    this.neighbours = inputs.get(0);
    this.networks = new ArrayList<>();
    try {
      for (Model model : models) {
        networks.add(SliceNetwork.of(model, batch));
      }
    } catch (RuntimeException | Error e) {
      networks.forEach(SliceNetwork::close);
      throw e;
    }
  }

  @Override
  public int classes() {
    return networks.size() + 1;
  }

  @Override
  public int passes() {
    return networks.size();
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
    return c == 0 ? "The teachers" : "The teacher of " + organs.get(c - 1);
  }

  @Override
  public Neighbours neighbours() {
    return neighbours;
  }

  @Override
  public int batch() {
    return networks.get(0).slices();
  }

  @Override
  public void score(float[] images, int count, float[][] scores) {
    Arrays.fill(scores[0], 0);
    for (int k = 0; k < networks.size(); k++) {
      float[] logits = networks.get(k).logits(images, count);
      Margins.of(logits, scores[k + 1].length, scores[k + 1], 0, 1);
    }
  }

  @Override
  public void close() {
    networks.forEach(SliceNetwork::close);
  }
}
