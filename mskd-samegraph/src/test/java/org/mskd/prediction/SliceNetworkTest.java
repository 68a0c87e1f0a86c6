package org.mskd.prediction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.graph.WeightInit;
import org.mskd.method.GraphTrainer;
import org.mskd.method.TeacherMethod;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.NetworkWeights;

class SliceNetworkTest {
  private static final long SEED = 12;

  private static float[] noise(int length) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  /** Three logits that depend on their own pixel alone. */
  private static float[] pixelWise(float[] images) {
    float[] logits = new float[3 * images.length];
    for (int i = 0; i < images.length; i++) {
      logits[3 * i] = images[i];
      logits[3 * i + 1] = 1 - images[i] * images[i];
      logits[3 * i + 2] = (float) Math.sin(5 * images[i]);
    }
    return logits;
  }

  @ParameterizedTest
  @CsvSource({
    "24, 16, 1",
    "24, 16, 3",
    "13, 5, 4",
    "7, 6, 2",
    "100, 64, 2",
    "16, 16, 2",
    "9, 1, 5"
  })
  void aPixelWiseNetworkSaysTheSameTiledAndUntiled(int size, int side, int batch) {
    float[] images = noise(batch * size * size);
    UnaryOperator<float[]> network =
        inputs -> {
          assertEquals(batch * side * side, inputs.length);
          return pixelWise(inputs);
        };
    try (SliceNetwork tiled = new SliceNetwork(network, () -> {}, batch, 1, 3, size, side)) {
      assertArrayEquals(pixelWise(images), tiled.logits(images, batch), 1e-6f, "seed " + SEED);
    }
  }

  /** Its output is the product of its three channels, which differ. */
  @Test
  void tilesHaveAllChannelsOfTheirPixels() {
    int size = 13;
    float[] images = noise(3 * size * size);
    UnaryOperator<float[]> network = SliceNetworkTest::products;
    SliceNetwork tiled = new SliceNetwork(network, () -> {}, 2, 3, 1, size, 6);
    assertArrayEquals(products(images), tiled.logits(images, 1), 1e-6f, "seed " + SEED);
  }

  private static float[] products(float[] inputs) {
    float[] products = new float[inputs.length / 3];
    for (int i = 0; i < products.length; i++) {
      products[i] = inputs[3 * i] * inputs[3 * i + 1] * inputs[3 * i + 2];
    }
    return products;
  }

  /** A network whose output is the mean of its tile at every pixel: tiles differ. */
  @ParameterizedTest
  @CsvSource({"24, 16, 2", "11, 6, 3", "13, 5, 1"})
  void tilesCountByTheirGaussian(int size, int side, int batch) {
    float[] images = noise(batch * size * size);
    UnaryOperator<float[]> network =
        inputs -> {
          float[] logits = new float[inputs.length];
          for (int n = 0; n < batch; n++) {
            double sum = 0;
            for (int i = 0; i < side * side; i++) {
              sum += inputs[n * side * side + i];
            }
            Arrays.fill(
                logits, n * side * side, (n + 1) * side * side, (float) (sum / (side * side)));
          }
          return logits;
        };
    float[] found =
        new SliceNetwork(network, () -> {}, batch, 1, 1, size, side).logits(images, batch);
    int[] begins = new Tiles(size, side).begins();
    for (int at = 0; at < found.length; at++) {
      int slice = at / (size * size);
      double weights = 0;
      double sum = 0;
      for (int top : begins) {
        for (int left : begins) {
          int y = at / size % size - top;
          int x = at % size - left;
          if (y >= 0 && y < side && x >= 0 && x < side) {
            double weight = gaussian(x, y, side);
            weights += weight;
            sum += weight * mean(images, slice * size * size + top * size + left, size, side);
          }
        }
      }
      assertEquals(sum / weights, found[at], 1e-6, "at " + at + ", seed " + SEED);
    }
  }

  private static double gaussian(int x, int y, int side) {
    double dx = x - (side - 1) / 2.0;
    double dy = y - (side - 1) / 2.0;
    return Math.max(1e-6, Math.exp(-32 * (dx * dx + dy * dy) / (side * side)));
  }

  private static double mean(float[] images, int from, int size, int side) {
    double sum = 0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        sum += images[from + y * size + x];
      }
    }
    return sum / (side * side);
  }

  @Test
  void wholeSlicesGoStraightThrough() {
    float[] images = noise(2 * 64);
    float[] logits = new float[4 * 64];
    UnaryOperator<float[]> network =
        inputs -> {
          assertSame(images, inputs);
          return logits;
        };
    assertSame(logits, new SliceNetwork(network, () -> {}, 2, 1, 2, 8, 8).logits(images, 2));
  }

  /** Images and scores of what is given at once have no more pixels than a batch of tiles. */
  @ParameterizedTest
  @CsvSource({
    "64, 256, 32, 1", // 64 * 32^2 = 256^2
    "64, 256, 128, 16",
    "63, 256, 32, 1", // less than a slice, but one there must be
    "1, 512, 256, 1",
    "40000, 300, 299, 39733", // 40000 * 299^2 is beyond an int
    "64, 256, 256, 64", // untiled
    "3, 16, 16, 3"
  })
  void asManySlicesAreGivenAtOnceAsTheBatchHasPixels(int batch, int size, int side, int slices) {
    try (SliceNetwork network = new SliceNetwork(i -> i, () -> {}, batch, 1, 2, size, side)) {
      assertEquals(slices, network.slices());
    }
  }

  @Test
  void paddingIsNotRun() {
    float[] images = noise(4 * 24 * 24);
    int[] runs = {0};
    UnaryOperator<float[]> network =
        inputs -> {
          runs[0]++;
          return pixelWise(inputs);
        };
    SliceNetwork tiled = new SliceNetwork(network, () -> {}, 9, 1, 3, 24, 16);
    assertEquals(4, tiled.slices());
    float[] found = tiled.logits(images, 2);
    assertEquals(1, runs[0], "2 slices of 2 x 2 tiles are 8 squares");
    assertArrayEquals(
        Arrays.copyOf(pixelWise(images), 2 * 24 * 24 * 3),
        Arrays.copyOf(found, 2 * 24 * 24 * 3),
        1e-6f,
        "seed " + SEED);
  }

  @Test
  void nanIsNotHidden() {
    float[] images = new float[24 * 24];
    images[300] = Float.NaN;
    float[] logits =
        new SliceNetwork(SliceNetworkTest::pixelWise, () -> {}, 1, 1, 3, 24, 16).logits(images, 1);
    assertTrue(Float.isNaN(logits[900]));
  }

  /** A U-Net trained on squares of 8, over slices of 16, by both scorers. */
  @Test
  void scorersSeeWholeSlicesOfANetworkOfPatches() {
    Network network = new Network(4, 2, Normalization.INSTANCE);
    int size = 16;
    int side = 8;
    int batch = 2;
    ModelCard card =
        new ModelCard(
            ModelKind.TEACHER,
            network,
            List.of("organ"),
            new Preprocessing(size, -125, 275, List.of()),
            side,
            1,
            new TreeMap<>(),
            List.of());
    Model model;
    try (GraphTrainer trained = TeacherMethod.network(network, 1, side, new WeightInit(4))) {
      model =
          new Model(
              card,
              NetworkWeights.of(trained.session()).stream()
                  .collect(Collectors.toMap(Tensor::name, t -> t, (a, b) -> a, TreeMap::new)),
              "");
    }
    float[] images = noise(batch * size * size);
    float[][] student = new float[2][images.length];
    try (StudentScorer scorer = new StudentScorer(model, batch)) {
      scorer.score(images, batch, student);
    }
    float[][] teachers = new float[2][images.length];
    try (TeachersScorer scorer = new TeachersScorer(List.of(model), batch)) {
      scorer.score(images, batch, teachers);
    }
    double[][] expected = new double[2][images.length];
    double[] weights = new double[images.length];
    try (FrozenNetwork frozen = new FrozenNetwork(model, 1)) {
      for (int slice = 0; slice < batch; slice++) {
        for (int tile = 0; tile < 9; tile++) {
          int from = slice * size * size + tile / 3 * 4 * size + tile % 3 * 4;
          float[] cut = new float[side * side];
          for (int i = 0; i < cut.length; i++) {
            cut[i] = images[from + i / side * size + i % side];
          }
          float[] logits = frozen.logits(cut);
          for (int i = 0; i < cut.length; i++) {
            double weight = gaussian(i % side, i / side, side);
            int at = from + i / side * size + i % side;
            weights[at] += weight;
            expected[0][at] += weight * logits[2 * i];
            expected[1][at] += weight * logits[2 * i + 1];
          }
        }
      }
    }
    for (int at = 0; at < images.length; at++) {
      double background = expected[0][at] / weights[at];
      double organ = expected[1][at] / weights[at];
      assertEquals(background, student[0][at], 1e-5, "at " + at);
      assertEquals(organ, student[1][at], 1e-5, "at " + at);
      assertEquals(0, teachers[0][at]);
      assertEquals(organ - background, teachers[1][at], 1e-5, "at " + at);
    }
  }
}
