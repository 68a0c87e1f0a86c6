package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Distillation;
import org.mskd.graph.kernel.HostInts;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every term and the total of small losses, computed by hand. */
class LossByHandTest {
  private static final int SIDE = 4;
  private static final double LN3 = Math.log(3);

  private static SDVariable zeros(SameDiff graph, String name, long... shape) {
    return graph.var(name, Nd4j.zeros(DataType.FLOAT, shape));
  }

  private static Map<String, Double> run(
      SameDiff graph, SDVariable total, List<LossTerm> terms, Map<String, INDArray> inputs) {
    Set<String> wanted = new LinkedHashSet<>(Set.of(total.name()));
    terms.forEach(term -> wanted.add(term.variable().name()));
    Map<String, Double> values = new TreeMap<>();
    try (GraphSession session =
        GraphSession.forTraining(graph, total.name(), new ArrayList<>(wanted))) {
      Map<String, INDArray> outputs = session.run(inputs);
      values.put("total", outputs.get(total.name()).getDouble(0));
      for (LossTerm term : terms) {
        values.put(term.name(), outputs.get(term.variable().name()).getDouble(term.element()));
      }
    }
    return values;
  }

  /**
   * Two slices, two organs, all student logits and features 0: q^S = 1/3 in each of 3 channels, and
   * features of 1/8 in each of 8. The liver's teacher has q = (1/4, 3/4) in the left half and (3/4,
   * 1/4) in the right half, the spleen's teacher (3/4, 1/4) everywhere. Only the first slice has a
   * label: the spleen in its upper half.
   */
  private static Map<String, Double> mskd(Distillation settings) {
    SameDiff graph = SameDiff.create();
    NetworkOutputs student =
        new NetworkOutputs(
            zeros(graph, "logits", 2, SIDE, SIDE, 3),
            List.of(zeros(graph, "features", 2, 2, 2, 8)));
    TeacherTargets teachers =
        new TeacherTargets(
            graph.placeHolder("margins", DataType.FLOAT, 2, SIDE, SIDE, 2),
            List.of(
                new FeatureTargets(
                    graph.placeHolder("index", DataType.INT, 2, 2, 2, 2),
                    graph.placeHolder("rows", DataType.FLOAT, -1, 8))));
    MskdLoss loss = MskdLoss.of(graph, student, teachers, settings);
    MarginalLoss labels =
        MarginalLoss.of(
            graph,
            student.logits(),
            graph.placeHolder("classes", DataType.FLOAT, 2, SIDE, SIDE),
            graph.placeHolder("annotated", DataType.FLOAT, 2, 2));
    List<LossTerm> terms = new ArrayList<>(loss.named(List.of("liver", "spleen"), List.of(1)));
    terms.add(new LossTerm("label.crossEntropy", labels.terms(), 0));
    terms.add(new LossTerm("label.diceLoss", labels.terms(), 1));
    float[] margins = new float[2 * SIDE * SIDE * 2];
    float[] classes = new float[2 * SIDE * SIDE];
    for (int i = 0; i < classes.length; i++) {
      margins[2 * i] = (float) (i % SIDE < 2 ? LN3 : -LN3);
      margins[2 * i + 1] = (float) -LN3;
      classes[i] = i < SIDE * SIDE / 2 ? 2 : 0;
    }
    // The left positions of each 2 x 2 grid have the liver's rows; all four rows are equal.
    int[] index = {0, -1, -1, -1, 1, -1, -1, -1, 2, -1, -1, -1, 3, -1, -1, -1};
    float[] rows = new float[4 * 8];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) Math.log(i % 8 < 4 ? 1 / 16.0 : 3 / 16.0);
    }
    return run(
        graph,
        loss.total().add(labels.total().mul(settings.labelWeight())),
        terms,
        Map.of(
            "margins", Nd4j.create(margins, new long[] {2, SIDE, SIDE, 2}, 'c'),
            "index", HostInts.create(index, 2, 2, 2, 2),
            "rows", Nd4j.create(rows, new long[] {4, 8}, 'c'),
            "classes", Nd4j.create(classes, new long[] {2, SIDE, SIDE}, 'c'),
            "annotated", Nd4j.create(new float[] {0, 1, 0, 0}, new long[] {2, 2}, 'c')));
  }

  @Test
  void termsAndTotalOfMskd() {
    Distillation settings =
        Distillation.DEFAULT.withBackgroundWeight(0.5).withFeatureWeight(3).withLabelWeight(0.7);
    Map<String, Double> values = mskd(settings);
    // KL((1/4, 3/4, 0) || 1/3) = ln 3 - (1/4 ln 4 + 3/4 ln 4/3) = 0.536277, in half of the pixels.
    assertEquals(0.268139, values.get("logit.liver"), 1e-6);
    assertEquals(0, values.get("logit.spleen"));
    // KL((3/4, 1/8, 1/8) || 1/3) = ln 3 - (3/4 ln 4/3 + 1/4 ln 8) = 0.362989, in the other half.
    assertEquals(0.181495, values.get("logit.background"), 1e-6);
    // KL(4 times 1/16, 4 times 3/16 || 1/8) = ln 8 - 1/4 ln 16 - 3/4 ln 16/3 = 0.130812, in half.
    assertEquals(0.065406, values.get("feature.liver.level1"), 1e-6);
    assertEquals(0, values.get("feature.spleen.level1"));
    // The spleen has 1/3 everywhere: (ln 3 + ln 3/2) / 2, and 1 - 2 (8/3) / (16/3 + 8) = 0.6.
    assertEquals(0.752039, values.get("label.crossEntropy"), 1e-6);
    assertEquals(0.6, values.get("label.diceLoss"), 1e-6);
    // 0.268139 + 0.5 * 0.181495 + 3 * 0.065406 + 0.7 * 1.352039.
    assertEquals(1.501532, values.get("total"), 3e-6);
    assertEquals(8, values.size());
  }

  /** The terms are the same whatever their weights are. */
  @Test
  void termsAreReportedWithoutTheirWeights() {
    Map<String, Double> one = mskd(Distillation.DEFAULT.withLabelWeight(1));
    Map<String, Double> two = mskd(Distillation.DEFAULT.withBackgroundWeight(2).withLabelWeight(9));
    assertEquals(one.get("logit.background"), two.get("logit.background"));
    assertEquals(one.get("label.crossEntropy"), two.get("label.crossEntropy"));
    double difference = one.get("logit.background") + 8 * 1.352039;
    assertEquals(difference, two.get("total") - one.get("total"), 1e-5);
  }

  /**
   * At T = 2 the margin ln 9 gives what ln 3 gives at T = 1, and the student's logits of 0 stay
   * 1/3: each logit term is 4 times as large.
   */
  @Test
  void temperatureOfTwoByHand() {
    SameDiff graph = SameDiff.create();
    SDVariable logits = zeros(graph, "logits", 1, SIDE, SIDE, 2);
    TeacherTargets teachers =
        new TeacherTargets(
            graph.placeHolder("margins", DataType.FLOAT, 1, SIDE, SIDE, 1), List.of());
    Distillation settings = Distillation.DEFAULT.withFeatureWeight(0).withTemperature(2);
    MskdLoss loss = MskdLoss.of(graph, new NetworkOutputs(logits, List.of()), teachers, settings);
    float[] margins = new float[SIDE * SIDE];
    Arrays.fill(margins, (float) (2 * LN3));
    Map<String, Double> values =
        run(
            graph,
            loss.total(),
            loss.named(List.of("liver"), List.of()),
            Map.of("margins", Nd4j.create(margins, new long[] {1, SIDE, SIDE, 1}, 'c')));
    // 4 KL((1/4, 3/4) || 1/2) = 4 (ln 2 - 0.562335).
    assertEquals(0.523248, values.get("logit.liver"), 2e-6);
    assertEquals(0, values.get("logit.background"));
    assertEquals(0.523248, values.get("total"), 2e-6);
  }

  /** Logits 0 give 1/2 to both classes; the organ is in 4 of 16 pixels. */
  @Test
  void termsAndTotalOfDiceAndCrossEntropy() {
    SameDiff graph = SameDiff.create();
    SDVariable logits = zeros(graph, "logits", 1, SIDE, SIDE, 2);
    DiceCrossEntropyLoss loss =
        DiceCrossEntropyLoss.of(
            graph, logits, graph.placeHolder("label", DataType.FLOAT, 1, SIDE, SIDE));
    float[] classes = new float[SIDE * SIDE];
    Arrays.fill(classes, 0, 4, 1);
    Map<String, Double> values =
        run(
            graph,
            loss.total(),
            loss.named(),
            Map.of("label", Nd4j.create(classes, new long[] {1, SIDE, SIDE}, 'c')));
    assertEquals(0.693147, values.get("crossEntropy"), 1e-6);
    // 1 - 2 (4/2) / (16/2 + 4).
    assertEquals(0.666667, values.get("diceLoss"), 1e-6);
    assertEquals(1.359814, values.get("total"), 2e-6);
  }
}
