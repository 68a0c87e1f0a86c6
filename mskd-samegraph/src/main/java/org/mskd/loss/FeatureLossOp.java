package org.mskd.loss;

import java.util.Arrays;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.LossNormalization;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.HostInts;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The feature terms of MS-KD over a batch at one level: {@code λ2 Σ_k L^{k,l}_feat}, each the mean
 * over the batch of {@link FeatureTerm} where teacher k has a row. Other positions cost only one
 * read of the index.
 *
 * <p>Inputs: the student's features {@code [batch, height/2^l, width/2^l, C]} before the softmax,
 * then index and rows of {@link FeatureTargets}. Terms: the K feature terms.
 */
public final class FeatureLossOp extends ClosedFormLossOp {
  /** For the prototype and for clones of the graph. */
  public FeatureLossOp() {}

  FeatureLossOp(
      SameDiff graph, Distillation settings, SDVariable features, FeatureTargets teachers) {
    super(graph, features, teachers.index(), teachers.rows());
    attribute(settings.featureWeight());
    count(settings.features().sorted() ? 1 : 0);
    count(settings.normalization().ordinal());
  }

  @Override
  public String opName() {
    return "mskd_feature_loss";
  }

  @Override
  int terms(long[][] inputs) {
    return (int) inputs[1][3];
  }

  /**
   * @throws IllegalArgumentException where the index contains a row number that does not exist
   */
  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    int channels = (int) in[0].size(3);
    int positions = (int) (in[0].length() / channels);
    int slices = (int) in[0].size(0);
    int[] index = HostInts.copy(in[1]);
    check(in, index);
    Maps maps =
        new Maps(
            positions / slices,
            channels,
            HostFloats.read(in[0]),
            index,
            HostFloats.read(in[2]),
            shares(index, slices, terms.length),
            gradient);
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

  private static void check(INDArray[] in, int[] index) {
    int largest = -1;
    for (int row : index) {
      largest = Math.max(largest, row);
    }
    if (largest >= in[2].size(0) || in[2].size(1) != in[0].size(3)) {
      throw new IllegalArgumentException(
          "an index up to row %d of features of %d channels, but rows %s"
              .formatted(largest, in[0].size(3), in[2].shapeInfoToString()));
    }
  }

  private double[][] shares(int[] index, int slices, int organs) {
    if (countAt(1) == LossNormalization.IMAGE.ordinal()) {
      return RegionShares.ofImage(slices, organs);
    }
    int[][] counts = new int[slices][organs];
    int each = index.length / slices;
    for (int i = 0; i < index.length; i++) {
      counts[i / each][i % organs] += index[i] >= 0 ? 1 : 0;
    }
    return RegionShares.ofRegions(counts, each / organs);
  }

  /** Adds a block of positions to the terms' sums and writes its gradient. */
  private void addBlock(Maps maps, int first, int count, double slope, double[] sums) {
    int channels = maps.channels;
    int organs = sums.length;
    float[] gradient = new float[PixelBlocks.RUN * channels];
    float[] features = new float[channels];
    float[] row = new float[channels];
    FeatureTerm term = new FeatureTerm(channels, countAt(0) == 1);
    int run;
    for (int at = first; at < first + count; at += run) {
      run = PixelBlocks.run(at, first + count, maps.area);
      Arrays.fill(gradient, 0);
      double[] shares = maps.shares[at / maps.area];
      for (int i = 0; i < run; i++) {
        boolean taken = false;
        for (int k = 0; k < organs; k++) {
          int number = maps.index[(at + i) * organs + k];
          if (number < 0) {
            continue;
          }
          if (!taken) {
            maps.student.get((at + i) * channels, features, channels);
            term.student(features, 0);
            taken = true;
          }
          maps.rows.get(number * channels, row, channels);
          sums[k] += shares[k] * term.add(row, 0, slope * shares[k], gradient, i * channels);
        }
      }
      maps.gradient.put(at * channels, gradient, run * channels);
    }
  }

  /**
   * The inputs, the weights of their positions, and the gradient.
   *
   * @param area positions per slice
   * @param shares {@code [slice][k]}
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Maps(
      int area,
      int channels,
      HostFloats student,
      int[] index,
      HostFloats rows,
      double[][] shares,
      HostFloats gradient) {}
}
