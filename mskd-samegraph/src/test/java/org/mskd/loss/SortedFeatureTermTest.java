package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Distillation;

/** What docs/method.md says of sorting. */
class SortedFeatureTermTest {
  private static float[] features(SplittableRandom random, int channels) {
    float[] features = new float[channels];
    for (int c = 0; c < channels; c++) {
      // Halves, so that some channels are equal.
      features[c] = random.nextInt(-8, 9) / 2f;
    }
    return features;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** The least divergence over all orders of the student's channels from {@code at} on. */
  private static double least(double[] target, double[] logStudent, int at) {
    if (at == logStudent.length) {
      return ReferenceLoss.divergence(target, logStudent);
    }
    double least = Double.POSITIVE_INFINITY;
    for (int other = at; other < logStudent.length; other++) {
      swap(logStudent, at, other);
      least = Math.min(least, least(target, logStudent, at + 1));
      swap(logStudent, at, other);
    }
    return least;
  }

  private static void swap(double[] values, int a, int b) {
    double kept = values[a];
    values[a] = values[b];
    values[b] = kept;
  }

  @Test
  void isTheLeastDivergenceOverAllOrdersOfChannels() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int channels = 1 + random.nextInt(6);
      float[] student = features(random, channels);
      float[] teacher = features(random, channels);
      SortedFeatureTerm term = new SortedFeatureTerm(channels);
      term.student(student, 0);
      double actual = term.add(teacher, 0, 1, new float[channels], 0);
      double[] target = ReferenceLoss.softmax(doubles(teacher), 1);
      double[] logStudent = ReferenceLoss.logSoftmax(doubles(student), 1);
      double plain = ReferenceLoss.divergence(target, logStudent);
      double expected = least(target, logStudent, 0);
      assertEquals(expected, actual, 1e-9, "seed " + seed);
      assertTrue(actual <= plain + 1e-9, "seed " + seed);
    }
  }

  @Test
  void doesNotKnowChannelsApart() {
    Distillation weights = Distillation.DEFAULT.withBackgroundWeight(0).withFeatureWeight(2);
    int[] order = {3, 0, 5, 1, 4, 2};
    LossInputs given = LossInputs.of(2, 3, 71);
    LossInputs student = LossInputs.of(2, 3, 71);
    LossInputs teacher = LossInputs.of(2, 3, 71);
    permute(student.features(), order);
    permute(teacher.teacherFeatures()[1], order);
    try (LossGraph expected = given.graph(weights).run();
        LossGraph permuted = student.graph(weights).run();
        LossGraph other = teacher.graph(weights).run()) {
      double[] terms = expected.terms("featureTerms");
      assertTrue(terms[0] > 0 && terms[1] > 0, "nothing to compare");
      assertArrayEquals(terms, permuted.terms("featureTerms"), 1e-7);
      assertArrayEquals(terms, other.terms("featureTerms"), 1e-7);
      float[] slopes = expected.gradient("features");
      float[] permutedSlopes = permuted.gradient("features");
      assertArrayEquals(slopes, other.gradient("features"), 1e-8f);
      for (int i = 0; i < slopes.length; i++) {
        int c = i % order.length;
        assertEquals(slopes[i - c + order[c]], permutedSlopes[i], 1e-8f, "at " + i);
      }
    }
  }

  /** Channel c takes what was in channel order[c]. */
  private static void permute(double[][] features, int[] order) {
    for (double[] row : features) {
      double[] before = row.clone();
      for (int c = 0; c < row.length; c++) {
        row[c] = before[order[c]];
      }
    }
  }
}
