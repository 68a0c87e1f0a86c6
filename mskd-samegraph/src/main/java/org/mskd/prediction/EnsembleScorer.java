package org.mskd.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mskd.experiment.Neighbours;
import org.mskd.model.Model;

/**
 * Several students, or teachers of one organ, of the same classes: a class's score is the logarithm
 * of the mean of its softmax probabilities over the members, as nnU-Net averages its folds. So the
 * softmax of the scores is the mean probability.
 */
public final class EnsembleScorer implements SliceScorer {
  private final List<SliceScorer> members;
  private final float[][] scores;

  private EnsembleScorer(List<SliceScorer> members, int values) {
    this.members = List.copyOf(members);
    this.scores = new float[members.get(0).classes()][values];
  }

  /**
   * The scorer of one model, or of several together.
   *
   * @param models at least one, all of the same organs, slices and neighbours
   * @param batch slices per call
   */
  public static SliceScorer of(List<Model> models, int batch) {
    List<SliceScorer> members = new ArrayList<>();
    try {
      models.forEach(model -> members.add(new StudentScorer(model, batch)));
      int size = models.get(0).card().preprocessing().sliceSize();
      int slices = members.get(0).batch(); // fewer than asked for where slices are cut into tiles
      return members.size() == 1
          ? members.get(0)
          : new EnsembleScorer(members, Math.multiplyExact(slices, size * size));
    } catch (RuntimeException | Error e) {
      members.forEach(SliceScorer::close);
      throw e;
    }
  }

  @Override
  public int classes() {
    return scores.length;
  }

  @Override
  public int passes() {
    return members.stream().mapToInt(SliceScorer::passes).sum();
  }

  @Override
  public int heads() {
    return members.get(0).heads();
  }

  @Override
  public long parameters() {
    return members.stream().mapToLong(SliceScorer::parameters).sum();
  }

  @Override
  public String modelOf(int c) {
    return "The ensemble";
  }

  @Override
  public Neighbours neighbours() {
    return members.get(0).neighbours();
  }

  @Override
  public int batch() {
    return members.get(0).batch();
  }

  @Override
  public void score(float[] images, int count, float[][] target) {
    for (float[] values : target) {
      Arrays.fill(values, 0);
    }
    for (SliceScorer member : members) {
      member.score(images, count, scores);
      PixelLoop.forEach(target[0].length, i -> addProbabilities(target, i));
    }
    double divisor = members.size();
    PixelLoop.forEach(
        target[0].length,
        i -> {
          for (float[] values : target) {
            // A probability that underflows to 0 has no logarithm, and never wins.
            values[i] = (float) Math.log(Math.max(values[i] / divisor, Float.MIN_NORMAL));
          }
        });
  }

  private void addProbabilities(float[][] target, int i) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float[] values : scores) {
      largest = Math.max(largest, values[i]);
    }
    double sum = 0;
    for (float[] values : scores) {
      sum += Math.exp(values[i] - largest);
    }
    for (int c = 0; c < scores.length; c++) {
      target[c][i] += (float) (Math.exp(scores[c][i] - largest) / sum);
    }
  }

  @Override
  public void close() {
    members.forEach(SliceScorer::close);
  }
}
