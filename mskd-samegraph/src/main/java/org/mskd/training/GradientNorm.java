package org.mskd.training;

import java.util.List;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.Kernels;

/**
 * The Euclidean norm of all gradients together. Squares are summed in double precision, part by
 * part and then in the order of the parts, so that the result does not depend on the order in which
 * threads finish; a float's square cannot overflow a double, so the norm is finite where every
 * gradient is.
 */
final class GradientNorm {
  private static final int BLOCK = 1 << 12;
  private static final ThreadLocal<float[]> SLOPES =
      ThreadLocal.withInitial(() -> new float[BLOCK]);

  private GradientNorm() {}

  /** Floats {@code begin .. end-1} of an open gradient. */
  record Part(HostFloats gradient, int begin, int end) {}

  static double of(List<Part> parts) {
    double[] sums = new double[parts.size()];
    Kernels.parallel(sums.length, p -> sums[p] = squares(parts.get(p)));
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    return Math.sqrt(sum);
  }

  private static double squares(Part part) {
    float[] slopes = SLOPES.get();
    double sum = 0;
    for (int at = part.begin; at < part.end; at += BLOCK) {
      int count = Math.min(BLOCK, part.end - at);
      part.gradient.get(at, slopes, count);
      for (int i = 0; i < count; i++) {
        sum += (double) slopes[i] * slopes[i];
      }
    }
    return sum;
  }

  /**
   * Factor applied to gradients so that their norm is at most {@code most}, as PyTorch's {@code
   * clip_grad_norm_} does.
   *
   * @param most 0 for no limit
   */
  static float clipping(double norm, double most) {
    return most > 0 ? (float) Math.min(1, most / (norm + 1e-6)) : 1;
  }
}
