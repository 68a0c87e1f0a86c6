package org.mskd.loss;

import java.util.Arrays;
import org.mskd.experiment.Distillation;
import org.mskd.graph.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The feature terms of MS-KD over a batch at one level: {@code λ2 Σ_k L^{k,l}_feat}, each the mean
 * over the batch of {@link FeatureTerm} in the organ's region, brought to the map's grid ({@link
 * RegionMaps#coarser}). Only positions inside a region are sorted.
 *
 * <p>Inputs: the student's features {@code [batch, height/2^l, width/2^l, C]} before the softmax, K
 * teachers' features of the same shape, K teachers' logits {@code [batch, height, width, 2]}.
 * Terms: the K feature terms.
 */
public final class FeatureLossOp extends RegionLossOp {
  /** For prototypes and clones. */
  public FeatureLossOp() {}

  FeatureLossOp(SameDiff graph, Distillation settings, SDVariable... inputs) {
    super(graph, settings, inputs);
    attribute(settings.featureWeight());
    count(settings.features().sorted() ? 1 : 0);
  }

  @Override
  public String opName() {
    return "mskd_feature_loss";
  }

  @Override
  int terms(int inputs) {
    return (inputs - 1) / 2;
  }

  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    int positions = (int) (in[0].length() / in[0].size(3));
    Maps maps = maps(in, terms.length, gradient);
    double weight = attributeAt(0);
    double scale = 1.0 / positions;
    double[] sums =
        PixelBlocks.sum(
            positions,
            terms.length,
            (first, count, blockSums) -> addBlock(maps, first, count, weight * scale, blockSums));
    double total = 0;
    for (int k = 0; k < terms.length; k++) {
      terms[k] = (float) (sums[k] * scale);
      total += weight * sums[k] * scale;
    }
    return total;
  }

  private Maps maps(INDArray[] in, int organs, HostFloats gradient) {
    HostFloats[] teachers = new HostFloats[organs];
    HostFloats[] logits = new HostFloats[organs];
    Arrays.setAll(teachers, k -> HostFloats.read(in[1 + k]));
    Arrays.setAll(logits, k -> HostFloats.read(in[1 + organs + k]));
    INDArray image = in[1 + organs];
    int width = (int) image.size(2);
    RegionMaps regions =
        RegionMaps.of(logits, (int) image.size(0), width, (int) (image.length() / 2), regions())
            .coarser((int) (width / in[0].size(2)), regions().downsampling());
    return new Maps(
        (int) in[0].size(3),
        HostFloats.read(in[0]),
        teachers,
        regions,
        regions.shares(normalization()),
        gradient);
  }

  /** What a block of positions adds to the terms' sums, and its gradient. */
  private void addBlock(Maps maps, int first, int count, double slope, double[] sums) {
    int channels = maps.channels;
    float[] gradient = new float[count * channels];
    float[] features = new float[channels];
    int area = maps.regions.area();
    FeatureTerm term = new FeatureTerm(channels, countAt(ATTRIBUTES) == 1);
    for (int i = 0; i < count; i++) {
      int position = first + i;
      boolean taken = false;
      for (int k = 0; k < sums.length; k++) {
        if (maps.regions.inside()[k][position]) {
          if (!taken) {
            maps.student.get(position * channels, features, channels);
            term.student(features, 0);
            taken = true;
          }
          maps.teachers[k].get(position * channels, features, channels);
          double share = maps.shares[k][position / area];
          sums[k] += share * term.add(features, 0, slope * share, gradient, i * channels);
        }
      }
    }
    maps.gradient.put(first * channels, gradient, gradient.length);
  }

  /** The inputs, where they count, and where the gradient goes. */
  private record Maps(
      int channels,
      HostFloats student,
      HostFloats[] teachers,
      RegionMaps regions,
      double[][] shares,
      HostFloats gradient) {}
}
