package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Distillation;

/** What docs/method.md says of features and of sorting. */
class FeatureTermTest {
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

  private static float[] row(float[] features, boolean sorted) {
    float[] row = new float[features.length];
    FeatureRow.of(features, 0, features.length, sorted, row, 0);
    return row;
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
      FeatureTerm term = new FeatureTerm(channels, true);
      term.student(student, 0);
      double actual = term.add(row(teacher, true), 0, 1, new float[channels], 0);
      double[] target = ReferenceLoss.softmax(doubles(teacher), 1);
      double[] logStudent = ReferenceLoss.logSoftmax(doubles(student), 1);
      double plain = ReferenceLoss.divergence(target, logStudent);
      double expected = least(target, logStudent, 0);
      // Rows are floats.
      assertEquals(expected, actual, 1e-6 * expected + 1e-12, "seed " + seed);
      assertTrue(actual <= plain + 1e-6 * plain + 1e-12, "seed " + seed);
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
      double[] terms = expected.featureTerms();
      assertTrue(terms[0] > 0 && terms[1] > 0, "nothing to compare");
      assertArrayEquals(terms, permuted.featureTerms(), 1e-7);
      assertArrayEquals(terms, other.featureTerms(), 1e-7);
      float[] slopes = expected.featureGradient();
      float[] permutedSlopes = permuted.featureGradient();
      assertArrayEquals(slopes, other.featureGradient(), 1e-8f);
      for (int i = 0; i < slopes.length; i++) {
        int c = i % order.length;
        assertEquals(slopes[i - c + order[c]], permutedSlopes[i], 1e-8f, "at " + i);
      }
    }
  }

  @Test
  void knowsChannelsApartWithoutSorting() {
    Distillation weights =
        Distillation.DEFAULT.withFeatures(Distillation.DEFAULT.features().unsorted());
    int[] order = {3, 0, 5, 1, 4, 2};
    LossInputs student = LossInputs.of(2, 3, 71);
    LossInputs teacher = LossInputs.of(2, 3, 71);
    LossInputs both = LossInputs.of(2, 3, 71);
    permute(student.features(), order);
    permute(teacher.teacherFeatures()[1], order);
    permute(both.features(), order);
    permute(both.teacherFeatures()[0], order);
    permute(both.teacherFeatures()[1], order);
    try (LossGraph graph = LossInputs.of(2, 3, 71).graph(weights)) {
      double[] terms = graph.run().featureTerms().clone();
      assertTrue(Math.abs(graph.run(student).featureTerms()[0] - terms[0]) > 1e-3);
      assertTrue(Math.abs(graph.run(teacher).featureTerms()[1] - terms[1]) > 1e-3);
      assertEquals(terms[0], graph.featureTerms()[0], "the other teacher is as it was");
      // Who renames the channels of all renames nothing.
      assertArrayEquals(terms, graph.run(both).featureTerms(), 1e-6);
    }
  }

  @Test
  void unsortedByHand() {
    // Teacher (1/4, 3/4), student (3/4, 1/4): 1/4 log(1/3) + 3/4 log 3 = log(3)/2; sorted: 0.
    float[] teacher = {0, (float) Math.log(3)};
    float[] student = {(float) Math.log(3), 0};
    float[] slopes = new float[2];
    FeatureTerm unsorted = new FeatureTerm(2, false);
    unsorted.student(student, 0);
    assertEquals(Math.log(3) / 2, unsorted.add(row(teacher, false), 0, 2, slopes, 0), 1e-7);
    assertArrayEquals(new float[] {1, -1}, slopes, 1e-6f);
    FeatureTerm sorted = new FeatureTerm(2, true);
    sorted.student(student, 0);
    assertEquals(0, sorted.add(row(teacher, true), 0, 1, slopes, 0), 1e-15);
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
