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
    double weight = attributeAt(0);
    int organs = terms.length;
    int width = (int) in[0].size(2);
    int channels = (int) in[0].size(3);
    int positions = (int) (in[0].length() / channels);
    int stride = (int) (in[organs + 1].size(2) / width);
    double scale = 1.0 / positions;
    HostFloats student = HostFloats.read(in[0]);
    HostFloats[] teachers = new HostFloats[organs];
    HostFloats[] logits = new HostFloats[organs];
    for (int k = 0; k < organs; k++) {
      teachers[k] = HostFloats.read(in[1 + k]);
      logits[k] = HostFloats.read(in[1 + organs + k]);
    }
    double[] sums =
        PixelBlocks.sum(
            positions,
            organs,
            (first, count, blockSums) -> {
              float[] blockGradient = new float[count * channels];
              float[] studentFeatures = new float[channels];
              float[] teacherFeatures = new float[channels];
              float[] pair = new float[2];
              SortedFeatureTerm term = new SortedFeatureTerm(channels);
              for (int i = 0; i < count; i++) {
                int position = first + i;
                // Rows of batch and height run on: row r of the map is row r * stride of the image.
                int pixel =
                    (position / width) * stride * (width * stride) + (position % width) * stride;
                boolean sorted = false;
                for (int k = 0; k < organs; k++) {
                  logits[k].get(2 * pixel, pair, 2);
                  if (!TeacherPixel.isOrgan(pair[0], pair[1])) {
                    continue;
                  }
                  if (!sorted) {
                    student.get(position * channels, studentFeatures, channels);
                    term.student(studentFeatures, 0);
                    sorted = true;
                  }
                  teachers[k].get(position * channels, teacherFeatures, channels);
                  blockSums[k] +=
                      term.add(teacherFeatures, 0, weight * scale, blockGradient, i * channels);
                }
              }
              gradient.put(first * channels, blockGradient, blockGradient.length);
            });
    double total = 0;
    for (int k = 0; k < organs; k++) {
      terms[k] = (float) (sums[k] * scale);
      total += weight * sums[k] * scale;
    }
    return total;
  }
}
