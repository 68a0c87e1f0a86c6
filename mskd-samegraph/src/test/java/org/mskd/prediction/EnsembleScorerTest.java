package org.mskd.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.PixelNetworks;
import org.mskd.training.SmallData;

class EnsembleScorerTest {
  @TempDir Path folder;

  private Model model(float... offsets) {
    return reading(SmallData.SIDE, offsets);
  }

  private Model reading(int inputSize, float... offsets) {
    Path file = folder.resolve("model.mskd");
    PixelNetworks.write(
        file,
        ModelKind.STUDENT,
        List.of("a", "b"),
        SmallData.PREPROCESSING,
        inputSize,
        new float[3],
        offsets);
    return ModelArchive.read(file);
  }

  private static double[] softmax(double... logits) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    double[] shares = new double[logits.length];
    for (int c = 0; c < logits.length; c++) {
      shares[c] = Math.exp(logits[c]) / sum;
    }
    return shares;
  }

  /** Two members prefer class 1 a little, one prefers class 2 by far: the mean decides. */
  @Test
  void theScoreIsTheLogarithmOfTheMeanProbability() {
    float[] weak = {0, 0.25f, 0};
    float[] strong = {-1, -2, 3};
    double[] mean = new double[3];
    for (float[] logits : List.of(weak, weak, strong)) {
      double[] shares = softmax(logits[0], logits[1], logits[2]);
      for (int c = 0; c < 3; c++) {
        mean[c] += shares[c] / 3;
      }
    }
    List<Model> models = List.of(model(weak), model(weak), model(strong));
    int area = SmallData.SIDE * SmallData.SIDE;
    try (SliceScorer ensemble = EnsembleScorer.of(models, 2)) {
      float[][] scores = new float[3][2 * area];
      ensemble.score(new float[2 * area], 2, scores);
      for (int c = 0; c < 3; c++) {
        assertEquals(Math.log(mean[c]), scores[c][area + 17], 1e-6);
      }
      assertEquals(3, ensemble.passes());
      assertEquals(1, ensemble.heads());
      assertEquals(3 * models.get(0).card().architecture().parameterCount(), ensemble.parameters());
      assertEquals("The ensemble", ensemble.modelOf(1));
    }
  }

  /** Networks that read 8 x 8 pixels of a slice at once take one slice where 4 are asked for. */
  @Test
  void membersMayCutSlicesIntoTiles() {
    List<Model> models = List.of(reading(8, 0, 1, 2), reading(8, 0, 1, 2));
    int area = SmallData.SIDE * SmallData.SIDE;
    try (SliceScorer ensemble = EnsembleScorer.of(models, 4)) {
      float[][] scores = new float[3][ensemble.batch() * area];
      ensemble.score(new float[ensemble.batch() * area], 1, scores);
      double[] expected = softmax(0, 1, 2);
      for (int c = 0; c < 3; c++) {
        assertEquals(Math.log(expected[c]), scores[c][area - 1], 1e-6);
      }
    }
  }

  @Test
  void oneModelIsNoEnsemble() {
    try (SliceScorer single = EnsembleScorer.of(List.of(model(0, 1, 2)), 2)) {
      assertEquals("The student", single.modelOf(1));
      assertEquals(1, single.passes());
    }
  }

  @Test
  void aProbabilityThatUnderflowsHasTheLowestScore() {
    List<Model> models = List.of(model(0, 200, 0), model(0, 200, 0));
    int area = SmallData.SIDE * SmallData.SIDE;
    try (SliceScorer ensemble = EnsembleScorer.of(models, 1)) {
      float[][] scores = new float[3][area];
      ensemble.score(new float[area], 1, scores);
      assertEquals(0, scores[1][0], 1e-6);
      assertEquals(Math.log(Float.MIN_NORMAL), scores[0][0], 1e-3);
    }
  }
}
