package org.mskd.graph.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpsampledKernelTest {
  @Test
  void byHand() {
    float[] weights = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    float[] folded = new float[16];
    new UpsampledKernel(1, 1, 1).fold(FloatBuffer.wrap(weights), FloatBuffer.wrap(folded));
    assertArrayEquals(
        new float[] {
          9, 17, 15, 7, //
          15, 28, 24, 11, //
          9, 16, 12, 5, //
          3, 5, 3, 1
        },
        folded);
  }

  @Test
  void derivativesByHand() {
    float[] folded = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    float[] weights = new float[9];
    new UpsampledKernel(1, 1, 1).unfold(FloatBuffer.wrap(folded), FloatBuffer.wrap(weights));
    assertArrayEquals(new float[] {54, 50, 46, 38, 34, 30, 22, 18, 14}, weights);
  }

  /**
   * (fold w, k) = (w, unfold k) for the meant channels; the others are neither read nor written.
   */
  @ParameterizedTest
  @CsvSource({"1,4,3", "3,5,2", "70,100,65"})
  void unfoldingIsTheAdjoint(int in, int stored, int out) {
    UpsampledKernel kernel = new UpsampledKernel(in, stored, out);
    SplittableRandom random = new SplittableRandom(in);
    float[] weights = new float[kernel.length()];
    float[] gradient = new float[kernel.foldedLength()];
    float[] folded = new float[gradient.length];
    float[] unfolded = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      boolean meant = i / out % stored >= stored - in;
      weights[i] = meant ? random.nextInt(-20, 20) : Float.NaN;
      unfolded[i] = Float.NaN;
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = random.nextInt(-20, 20);
    }
    kernel.fold(FloatBuffer.wrap(weights), FloatBuffer.wrap(folded));
    kernel.unfold(FloatBuffer.wrap(gradient), FloatBuffer.wrap(unfolded));
    double left = 0;
    double right = 0;
    for (int i = 0; i < gradient.length; i++) {
      left += folded[i] * gradient[i];
    }
    for (int i = 0; i < weights.length; i++) {
      assertEquals(Float.isNaN(weights[i]), Float.isNaN(unfolded[i]), "weight " + i);
      right += Float.isNaN(weights[i]) ? 0 : weights[i] * unfolded[i];
    }
    assertEquals(left, right, "seed " + in);
  }

  @Test
  void kernelsBeyondIntIndicesAreRefused() {
    assertThrows(ArithmeticException.class, () -> new UpsampledKernel(1, 1 << 14, 1 << 14));
  }
}
