package org.mskd.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The backend of these tests passes the checks, and a wrong one fails. */
class DoctorTest {
  private static final long[] SHAPE = {1, 2, 2, 3};

  /** The square of each value, which is right; {@code bias} makes plain Java disagree. */
  private static Finding squares(double bias, LayerCheck.Layer layer) {
    return new LayerCheck(
            "squares",
            SHAPE,
            SHAPE,
            layer,
            x -> {
              double[] y = new double[x.length];
              for (int i = 0; i < x.length; i++) {
                y[i] = x[i] * x[i] + bias;
              }
              return y;
            })
        .finding();
  }

  private static SDVariable square(SameDiff graph, SDVariable x) {
    return graph.math().square(x);
  }

  @Test
  void thisBackendIsRight() {
    List<Finding> findings = BackendChecks.checks().stream().map(Check::finding).toList();
    assertTrue(findings.stream().allMatch(Finding::right), findings::toString);
    assertEquals(11, findings.size(), findings::toString);
  }

  @Test
  void aWrongResultIsFound() {
    assertTrue(squares(0, DoctorTest::square).right());
    assertFalse(squares(0.01, DoctorTest::square).right());
  }

  @Test
  void aWrongGradientIsFound() {
    // Right forward, for x² = |x|·|x|; |x| as a constant has no gradient, so half of it is missing.
    Finding finding =
        squares(
            0,
            (graph, x) -> {
              float[] sizes = LayerCheck.random(SHAPE, 1);
              for (int i = 0; i < sizes.length; i++) {
                sizes[i] = Math.abs(sizes[i]);
              }
              var array = org.nd4j.linalg.factory.Nd4j.create(sizes, SHAPE, 'c');
              return graph.math().abs(x).mul(graph.constant("sizes", array));
            });
    assertFalse(finding.right(), finding::toString);
    assertTrue(finding.detail().startsWith("0.0e+00") || finding.detail().contains("e-0"));
  }

  @Test
  void aBackendThatCannotIsNotRight() {
    Finding finding =
        squares(
            0,
            (graph, x) -> {
              throw new UnsatisfiedLinkError("no such operation");
            });
    assertFalse(finding.right());
    assertTrue(finding.detail().contains("no such operation"), finding::toString);
  }

  @Test
  void nanIsNotRight() {
    assertFalse(
        Differences.finding(
                "x", Differences.largest(new float[] {Float.NaN, 1}, new double[] {0, 1}), 0)
            .right());
  }

  @Test
  void theNoteSaysWhichItIs() {
    String note = BackendChecks.channelsFirstSoftmax();
    assertTrue(note.contains(" is right ") || note.contains(" is wrong "), note);
  }

  @Test
  void aTimingIsAPositiveNumber() {
    TrainingChecks.Timing timing =
        TrainingChecks.time(new Network(2, 1, Normalization.NONE), 1, 16, 3);
    assertTrue(timing.milliseconds() > 0, timing::toString);
    assertTrue(timing.residentMiB() > 0, timing::toString);
  }
}
