package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeatureRowTest {
  @Test
  void byHand() {
    // Probabilities 1/2, 1/8, 3/8, between other numbers that stay as they are.
    float[] features = {9, (float) Math.log(4), 0, (float) Math.log(3), 9};
    float[] row = {7, 7, 7, 7, 7};
    FeatureRow.of(features, 1, 3, false, row, 2);
    float[] logs = {(float) Math.log(0.5), (float) Math.log(0.125), (float) Math.log(0.375)};
    assertArrayEquals(new float[] {7, 7, logs[0], logs[1], logs[2]}, row, 1e-6f);
    FeatureRow.of(features, 1, 3, true, row, 1);
    assertArrayEquals(new float[] {7, logs[1], logs[2], logs[0], logs[2]}, row, 1e-6f);
  }

  @Test
  void equalsTheReference() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] features = new float[1 + random.nextInt(128)];
      double[] doubles = new double[features.length];
      for (int c = 0; c < features.length; c++) {
        features[c] = (float) (random.nextInt(1, 200) * (random.nextDouble() - 0.5));
        doubles[c] = features[c];
      }
      boolean sorted = seed % 2 == 0;
      double[] expected = ReferenceLoss.logSoftmax(doubles, 1);
      if (sorted) {
        Arrays.sort(expected);
      }
      float[] row = new float[features.length];
      FeatureRow.of(features, 0, features.length, sorted, row, 0);
      for (int c = 0; c < row.length; c++) {
        assertEquals(
            (float) expected[c], row[c], Math.ulp(row[c]) + 1e-13f, "seed " + seed + " at " + c);
      }
    }
  }
}
