package org.mskd.loss;

import org.mskd.graph.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The logit terms of MS-KD over a batch: {@code Σ_k L^k_logit + λ1 L^B_logit}, each the mean over
 * all pixels of the batch of {@link OrganLogitTerm} and {@link BackgroundLogitTerm}, times T².
 *
 * <p>Inputs: the student's logits {@code [batch, height, width, K+1]}, then K teachers' logits
 * {@code [batch, height, width, 2]}. Terms: the K organ terms, then the background term.
 */
public final class LogitLossOp extends ClosedFormLossOp {
  /** For prototypes and clones. */
  public LogitLossOp() {}

  LogitLossOp(SameDiff graph, double backgroundWeight, double temperature, SDVariable... inputs) {
    super(graph, inputs);
    attribute(backgroundWeight);
    attribute(temperature);
  }

  @Override
  public String opName() {
    return "mskd_logit_loss";
  }

  @Override
  int terms(int inputs) {
    return inputs;
  }

  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    double backgroundWeight = attributeAt(0);
    double temperature = attributeAt(1);
    int organs = in.length - 1;
    int channels = organs + 1;
    int pixels = (int) (in[0].length() / channels);
    // Value: T²/pixels. Gradient: the same, divided by T from z/T inside the softmax.
    double valueScale = temperature * temperature / pixels;
    double gradientScale = temperature / pixels;
    HostFloats student = HostFloats.read(in[0]);
    HostFloats[] teachers = new HostFloats[organs];
    for (int k = 0; k < organs; k++) {
      teachers[k] = HostFloats.read(in[k + 1]);
    }
    double[] sums =
        PixelBlocks.sum(
            pixels,
            channels,
            (first, count, blockSums) -> {
              float[] z = new float[count * channels];
              student.get(first * channels, z, z.length);
              float[][] f = new float[organs][2 * count];
              for (int k = 0; k < organs; k++) {
                teachers[k].get(2 * first, f[k], 2 * count);
              }
              TeacherPixel pixel = new TeacherPixel(organs, temperature);
              PixelGradient pixelGradient = new PixelGradient(channels);
              double[] logStudent = new double[channels];
              for (int i = 0; i < count; i++) {
                for (int k = 0; k < organs; k++) {
                  pixel.set(k, f[k][2 * i], f[k][2 * i + 1]);
                }
                LogSoftmax.of(z, i * channels, channels, temperature, logStudent);
                pixelGradient.clear();
                for (int k = 0; k < organs; k++) {
                  blockSums[k] += OrganLogitTerm.add(pixel, k, logStudent, pixelGradient);
                }
                blockSums[organs] +=
                    BackgroundLogitTerm.add(pixel, logStudent, backgroundWeight, pixelGradient);
                // The pixel's logits are used up: its gradient takes their place.
                pixelGradient.write(logStudent, gradientScale, z, i * channels);
              }
              gradient.put(first * channels, z, z.length);
            });
    double total = 0;
    for (int term = 0; term < channels; term++) {
      double value = sums[term] * valueScale;
      terms[term] = (float) value;
      total += (term < organs ? 1 : backgroundWeight) * value;
    }
    return total;
  }
}
