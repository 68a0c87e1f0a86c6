package org.mskd.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DiceCrossEntropyLossTest {
  private static final long[] PLACE = {2, 4, 4};

  /** The loss with its logits as a parameter. */
  private record Graph(GraphSession session, INDArray labels) {
    static Graph of(double[][] logits, int[] labels) {
      int channels = logits[0].length;
      long[] shape = {PLACE[0], PLACE[1], PLACE[2], channels};
      float[] z = new float[labels.length * channels];
      float[] y = new float[labels.length];
      for (int i = 0; i < labels.length; i++) {
        for (int c = 0; c < channels; c++) {
          z[i * channels + c] = (float) logits[i][c];
        }
        y[i] = labels[i];
      }
      SameDiff graph = SameDiff.create();
      SDVariable variable = graph.var("z", Nd4j.create(z, shape, 'c'));
      SDVariable classes = graph.placeHolder("y", DataType.FLOAT, PLACE);
      DiceCrossEntropyLoss loss = DiceCrossEntropyLoss.of(graph, variable, classes);
      return new Graph(
          GraphSession.forTraining(graph, loss.total().name(), List.of("loss", "terms")),
          Nd4j.create(y, PLACE, 'c'));
    }

    double loss() {
      return session.run(Map.of("y", labels)).get("loss").getDouble(0);
    }

    double term(int index) {
      return session.run(Map.of("y", labels)).get("terms").getDouble(index);
    }
  }

  private static double[][] logits(int channels, double spread, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] logits = new double[32][channels];
    for (double[] pixel : logits) {
      for (int c = 0; c < channels; c++) {
        pixel[c] = (float) (spread * (2 * random.nextDouble() - 1));
      }
    }
    return logits;
  }

  private static int[] labels(int channels, long seed) {
    return new SplittableRandom(seed).ints(32, 0, channels).toArray();
  }

  @Test
  void equalsTheReference() {
    for (int channels = 2; channels <= 5; channels++) {
      for (double spread : new double[] {1, 80}) {
        double[][] logits = logits(channels, spread, channels);
        int[] labels = labels(channels, 50 + channels);
        double expected = ReferenceLoss.diceCrossEntropy(logits, labels);
        double actual = Graph.of(logits, labels).loss();
        assertEquals(expected, actual, 1e-5 * expected + 1e-7, channels + " channels " + spread);
      }
    }
  }

  @Test
  void gradientIsAFiniteDifferenceOfTheReference() {
    double[][] logits = logits(3, 2, 4);
    int[] labels = labels(3, 5);
    Graph graph = Graph.of(logits, labels);
    graph.loss();
    float[] slopes = HostFloats.copy(graph.session().gradient("z"));
    for (int i = 0; i < logits.length; i++) {
      for (int c = 0; c < 3; c++) {
        double kept = logits[i][c];
        logits[i][c] = kept + 1e-5;
        double above = ReferenceLoss.diceCrossEntropy(logits, labels);
        logits[i][c] = kept - 1e-5;
        double below = ReferenceLoss.diceCrossEntropy(logits, labels);
        logits[i][c] = kept;
        assertEquals((above - below) / 2e-5, slopes[3 * i + c], 1e-6, "pixel " + i + "," + c);
      }
    }
  }

  @Test
  void aPerfectPredictionCostsNothing() {
    int[] labels = labels(2, 1);
    double[][] logits = new double[32][2];
    for (int i = 0; i < 32; i++) {
      logits[i][labels[i]] = 60;
    }
    assertEquals(0, Graph.of(logits, labels).loss(), 1e-6);
  }

  @Test
  void anEmptyBatchWithoutFalsePositivesHasDiceOne() {
    double[][] logits = new double[32][2];
    for (double[] pixel : logits) {
      pixel[0] = 60;
    }
    assertEquals(0, Graph.of(logits, new int[32]).term(1), 1e-6);
  }

  @Test
  void uniformLogitsByHand() {
    // p = 1/2 everywhere, half the pixels organ: CE = log 2; Dice = 2·8/(16+16) = 1/2.
    int[] labels = new int[32];
    Arrays.fill(labels, 0, 16, 1);
    Graph graph = Graph.of(new double[32][2], labels);
    assertEquals(Math.log(2), graph.term(0), 1e-6);
    assertEquals(0.5, graph.term(1), 1e-6);
  }
}
