package org.mskd.loss;

import java.util.Arrays;
import org.mskd.graph.kernel.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link SoftTargetLoss} over a batch, in one pass. Inputs: logits and targets {@code [batch,
 * height, width, channels]}, weights {@code [batch, height, width]}. Term: the divergence.
 */
public final class SoftTargetOp extends ClosedFormLossOp {
  /** For the prototype and for clones of the graph. */
  public SoftTargetOp() {}

  SoftTargetOp(
      SameDiff graph,
      SDVariable logits,
      SDVariable targets,
      SDVariable weights,
      double temperature) {
    super(graph, logits, targets, weights);
    attribute(temperature);
  }

  @Override
  public String opName() {
    return "mskd_soft_target";
  }

  @Override
  int terms(long[][] inputs) {
    return 1;
  }

  @Override
  double evaluate(INDArray[] in, float[] terms, HostFloats gradient) {
    int channels = (int) in[0].size(3);
    int pixels = (int) in[2].length();
    HostFloats logits = HostFloats.read(in[0]);
    HostFloats targets = HostFloats.read(in[1]);
    HostFloats weights = HostFloats.read(in[2]);
    double temperature = attributeAt(0);
    double[] sums =
        PixelBlocks.sum(
            pixels,
            1,
            (first, count, blockSums) ->
                new Pixels(logits, targets, weights, channels, temperature, pixels)
                    .process(first, count, blockSums, gradient));
    double divergence = sums[0] / pixels;
    terms[0] = (float) divergence;
    return divergence;
  }

  /** A block of pixels, run by run. */
  private static final class Pixels {
    private final HostFloats logits;
    private final HostFloats targets;
    private final HostFloats weights;
    private final int channels;
    private final double inverseTemperature;
    private final int pixels;
    private final Softmax softmax;
    private final float[] z;
    private final float[] t;
    private final float[] w = new float[PixelBlocks.RUN];
    private final double[] logTargets;
    private final double[] scratch;

    Pixels(
        HostFloats logits,
        HostFloats targets,
        HostFloats weights,
        int channels,
        double temperature,
        int pixels) {
      this.logits = logits;
      this.targets = targets;
      this.weights = weights;
      this.channels = channels;
      this.inverseTemperature = 1 / temperature;
      this.pixels = pixels;
      this.softmax = new Softmax(channels, PixelBlocks.RUN);
      this.z = new float[PixelBlocks.RUN * channels];
      this.t = new float[PixelBlocks.RUN * channels];
      this.logTargets = new double[PixelBlocks.RUN * channels];
      this.scratch = new double[PixelBlocks.RUN * channels];
    }

    void process(int first, int count, double[] sums, HostFloats gradient) {
      int run;
      for (int at = first; at < first + count; at += run) {
        run = Math.min(PixelBlocks.RUN, first + count - at);
        weights.get(at, w, run);
        if (counts(run)) {
          load(at, run);
          for (int i = 0; i < run; i++) {
            sums[0] += w[i] * pixel(i, run);
          }
        } else {
          Arrays.fill(z, 0, run * channels, 0);
        }
        gradient.put(at * channels, z, run * channels);
      }
    }

    /** Whether any pixel of the run has a weight: often that is a small part of the image. */
    private boolean counts(int run) {
      for (int i = 0; i < run; i++) {
        if (w[i] != 0) {
          return true;
        }
      }
      return false;
    }

    private void load(int at, int run) {
      logits.get(at * channels, z, run * channels);
      targets.get(at * channels, t, run * channels);
      softmax.load(z, run, inverseTemperature);
      for (int j = 0; j < run * channels; j++) {
        logTargets[j] = t[j] > 0 ? t[j] : 1; // where it is 0 the logarithm is not used
      }
      ExpLog.log(logTargets, run * channels, scratch);
    }

    /** Writes the gradient of a pixel over its logits; returns its divergence. */
    private double pixel(int i, int run) {
      double divergence = 0;
      double mass = 0;
      for (int c = 0; c < channels; c++) {
        double target = t[i * channels + c];
        mass += target;
        if (target > 0) {
          divergence += target * (logTargets[i * channels + c] - softmax.log[c * run + i]);
        }
      }
      double slope = w[i] * inverseTemperature / pixels;
      for (int c = 0; c < channels; c++) {
        z[i * channels + c] =
            (float) (slope * (mass * softmax.p[c * run + i] - t[i * channels + c]));
      }
      return divergence;
    }
  }
}
