package org.mskd.loss;

import java.util.Arrays;
import org.mskd.experiment.Distillation;
import org.mskd.graph.HostFloats;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The logit terms of MS-KD over a batch: {@code Σ_k L^k_logit + λ1 L^B_logit}, each the mean over
 * the batch of {@link OrganLogitTerm} and {@link BackgroundLogitTerm} in their {@link RegionMaps},
 * times T².
 *
 * <p>Inputs: the student's logits {@code [batch, height, width, K+1]}, then K teachers' logits
 * {@code [batch, height, width, 2]}. Terms: the K organ terms, then the background term.
 */
public final class LogitLossOp extends RegionLossOp {
  /** For prototypes and clones. */
  public LogitLossOp() {}

  LogitLossOp(SameDiff graph, Distillation settings, SDVariable... inputs) {
    super(graph, settings, inputs);
    attribute(settings.backgroundWeight());
    attribute(settings.temperature());
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
    int channels = in.length;
    int pixels = (int) (in[0].length() / channels);
    HostFloats[] teachers = new HostFloats[channels - 1];
    Arrays.setAll(teachers, k -> HostFloats.read(in[k + 1]));
    RegionMaps regions =
        RegionMaps.of(teachers, (int) in[0].size(0), (int) in[0].size(2), pixels, regions());
    Maps maps =
        new Maps(
            HostFloats.read(in[0]), teachers, regions, regions.shares(normalization()), gradient);
    double[] sums =
        PixelBlocks.sum(
            pixels,
            channels,
            (first, count, blockSums) -> addBlock(maps, first, count, pixels, blockSums));
    double scale = attributeAt(1) * attributeAt(1) / pixels;
    double total = 0;
    for (int term = 0; term < channels; term++) {
      double value = sums[term] * scale;
      terms[term] = (float) value;
      total += (term < channels - 1 ? 1 : attributeAt(0)) * value;
    }
    return total;
  }

  /** What a block of pixels adds to the terms' sums, and its gradient. */
  private void addBlock(Maps maps, int first, int count, int pixels, double[] sums) {
    double backgroundWeight = attributeAt(0);
    double temperature = attributeAt(1);
    int organs = maps.teachers.length;
    int channels = organs + 1;
    float[] student = maps.student(first, count);
    float[][] teachers = maps.teachers(first, count);
    boolean[][] inside = maps.regions.inside();
    int area = maps.regions.area();
    TeacherPixel pixel = new TeacherPixel(organs, temperature);
    PixelGradient gradient = new PixelGradient(channels);
    double[] logStudent = new double[channels];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < organs; k++) {
        pixel.set(k, teachers[k][2 * i], teachers[k][2 * i + 1]);
      }
      LogSoftmax.of(student, i * channels, channels, temperature, logStudent);
      gradient.clear();
      int slice = (first + i) / area;
      for (int k = 0; k < organs; k++) {
        if (inside[k][first + i]) {
          double share = maps.shares[k][slice];
          sums[k] += share * OrganLogitTerm.add(pixel, k, logStudent, share, gradient);
        }
      }
      if (inside[organs][first + i]) {
        double share = maps.shares[organs][slice];
        sums[organs] +=
            share * BackgroundLogitTerm.add(pixel, logStudent, backgroundWeight * share, gradient);
      }
      // T² / pixels, divided by T from z/T inside the softmax. The pixel's logits are used up: its
      // gradient takes their place.
      gradient.write(logStudent, temperature / pixels, student, i * channels);
    }
    maps.gradient.put(first * channels, student, student.length);
  }

  /** The inputs, where they count, and where the gradient goes. */
  private record Maps(
      HostFloats student,
      HostFloats[] teachers,
      RegionMaps regions,
      double[][] shares,
      HostFloats gradient) {
    /** {@code [count][K+1]} */
    float[] student(int first, int count) {
      int channels = teachers.length + 1;
      float[] logits = new float[count * channels];
      student.get(first * channels, logits, logits.length);
      return logits;
    }

    /** K times {@code [count][2]} */
    float[][] teachers(int first, int count) {
      float[][] logits = new float[teachers.length][2 * count];
      for (int k = 0; k < teachers.length; k++) {
        teachers[k].get(2 * first, logits[k], 2 * count);
      }
      return logits;
    }
  }
}
