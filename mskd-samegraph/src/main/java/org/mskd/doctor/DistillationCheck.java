package org.mskd.doctor;

import java.util.List;
import java.util.Map;
import org.mskd.experiment.Distillation;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.HostInts;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.loss.FeatureTargets;
import org.mskd.loss.MskdLoss;
import org.mskd.loss.NetworkOutputs;
import org.mskd.loss.TeacherTargets;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The student's loss of two pixels, one of an organ and one of background, computed by hand. The
 * only teacher gives probabilities of 3/4 and 1/4; so do the student's features, in other channels.
 */
final class DistillationCheck implements Check {
  private static final float LOG_2 = (float) Math.log(2);
  private static final float LOG_3 = (float) Math.log(3);

  @Override
  public String name() {
    return "distillation loss of two pixels";
  }

  @Override
  public Finding run() {
    SameDiff graph = SameDiff.create();
    // The student's probabilities are 1/2 each, the teacher's (1/4, 3/4), then (3/4, 1/4).
    SDVariable logits = variable(graph, "x", 0, 0, 0, 0);
    SDVariable features = variable(graph, "f", LOG_3, 0, 0, LOG_3);
    NetworkOutputs student = new NetworkOutputs(logits, List.of(features));
    // The second pixel's features lie outside the organ: it has no row.
    FeatureTargets rows =
        new FeatureTargets(
            graph.constant("index", HostInts.create(new int[] {0, -1}, 1, 1, 2, 1)),
            constant(graph, "rows", new float[] {-2 * LOG_2, LOG_3 - 2 * LOG_2}, 1, 2));
    TeacherTargets teacher =
        new TeacherTargets(
            constant(graph, "margins", new float[] {LOG_3, -LOG_3}, 1, 1, 2, 1), List.of(rows));
    MskdLoss loss =
        MskdLoss.of(graph, student, teacher, Distillation.DEFAULT.withBackgroundWeight(0.5));
    String terms = loss.logitTerms().name();
    String maps = loss.featureTerms().get(0).name();
    try (GraphSession session =
        GraphSession.forTraining(graph, loss.total().name(), List.of(terms, maps))) {
      var outputs = session.run(Map.of());
      float[] logit = HostFloats.copy(outputs.get(terms));
      float feature = outputs.get(maps).getFloat(0);
      // Each pixel: 1/4 log(1/2) + 3/4 log(3/2), over 2 pixels. Sorted features are equal.
      double each = (0.25 * Math.log(0.5) + 0.75 * Math.log(1.5)) / 2;
      // (q^S - q̂) / 2 pixels, the background's times 0.5.
      return Differences.finding(
          name(),
          Differences.largest(
              new float[] {logit[0], logit[1], feature}, new double[] {each, each, 0}),
          Differences.largest(
              HostFloats.copy(session.gradient("x")),
              new double[] {0.125, -0.125, -0.0625, 0.0625}));
    }
  }

  /** [1, 1, 2, 2] */
  private static SDVariable variable(SameDiff graph, String name, float... values) {
    return graph.var(name, Nd4j.create(values, new long[] {1, 1, 2, 2}, 'c'));
  }

  private static SDVariable constant(SameDiff graph, String name, float[] values, long... shape) {
    return graph.constant(name, Nd4j.create(values, shape, 'c'));
  }
}
