package org.mskd.loss;

import org.mskd.graph.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The feature term of MS-KD over a batch at one level: {@code λ2 Σ_k L^{k,l}_feat}, each the mean
 * over all positions of the feature map of {@link SortedFeatureTerm} inside the organ's region. The
 * region is brought to the map's grid by nearest neighbour: position (y, x) takes pixel (y 2^l, x
 * 2^l). Only positions inside a region are sorted.
 *
 * <p>Inputs: the student's features {@code [batch, height/2^l, width/2^l, C]} before the softmax, K
 * teachers' features of the same shape, K teachers' logits {@code [batch, height, width, 2]}.
 * Terms: the K feature terms.
 */
public final class FeatureLossOp extends ClosedFormLossOp {
  /** For prototypes and clones. */
  public FeatureLossOp() {}

  FeatureLossOp(SameDiff graph, double featureWeight, SDVariable... inputs) {
    super(graph, inputs);
    attribute(featureWeight);
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
    Maps maps = Maps.of(in, terms.length, gradient);
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

  /** What a block of positions adds to the terms' sums, and its gradient. */
  private static void addBlock(Maps maps, int first, int count, double slope, double[] sums) {
    int channels = maps.channels;
    float[] gradient = new float[count * channels];
    float[] features = new float[channels];
    float[] pair = new float[2];
    SortedFeatureTerm term = new SortedFeatureTerm(channels);
    for (int i = 0; i < count; i++) {
      int position = first + i;
      boolean sorted = false;
      for (int k = 0; k < sums.length; k++) {
        if (maps.inRegion(k, position, pair)) {
          if (!sorted) {
            maps.student.get(position * channels, features, channels);
            term.student(features, 0);
            sorted = true;
          }
          maps.teachers[k].get(position * channels, features, channels);
          sums[k] += term.add(features, 0, slope, gradient, i * channels);
        }
      }
    }
    maps.gradient.put(first * channels, gradient, gradient.length);
  }

  /**
   * The inputs, and where the gradient goes.
   *
   * @param width of the feature maps
   * @param stride 2^l
   */
  private record Maps(
      int width,
      int channels,
      int stride,
      HostFloats student,
      HostFloats[] teachers,
      HostFloats[] logits,
      HostFloats gradient) {
    static Maps of(INDArray[] in, int organs, HostFloats gradient) {
      HostFloats[] teachers = new HostFloats[organs];
      HostFloats[] logits = new HostFloats[organs];
      for (int k = 0; k < organs; k++) {
        teachers[k] = HostFloats.read(in[1 + k]);
        logits[k] = HostFloats.read(in[1 + organs + k]);
      }
      int width = (int) in[0].size(2);
      int stride = (int) (in[organs + 1].size(2) / width);
      HostFloats student = HostFloats.read(in[0]);
      return new Maps(width, (int) in[0].size(3), stride, student, teachers, logits, gradient);
    }

    /** M^{k,l}; {@code pair} is room for two logits. */
    boolean inRegion(int k, int position, float[] pair) {
      // Rows of batch and height run on: row r of the map is row r * stride of the image.
      int row = position / width * stride;
      int pixel = row * (width * stride) + position % width * stride;
      logits[k].get(2 * pixel, pair, 2);
      return TeacherPixel.isOrgan(pair[0], pair[1]);
    }
  }
}
