package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.WeightInit;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.kernel.HostInts;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Tensor;
import org.mskd.model.WeightShapes;
import org.mskd.option.OptionValues;
import org.mskd.training.AdamOptimizer;
import org.mskd.training.AveragedTrainer;
import org.mskd.training.StepResult;
import org.mskd.training.TensorBatch;
import org.mskd.training.Trainer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DeepSupervisionTest {
  private static final int BATCH = 2;
  private static final int SIDE = 32;
  private static final double SMOOTH = 1e-5;
  private static final List<String> ORGANS = List.of("liver", "spleen");

  private static TrainingContext context(int depth) {
    return new TrainingContext(
        new Network(4, depth, Normalization.INSTANCE), ORGANS, BATCH, SIDE, new WeightInit(3));
  }

  private static Trainer trainer(TrainingContext context, String id, String... given) {
    TrainingMethod method = Methods.installed().named(id);
    assertTrue(method.supervisesDeeply());
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < given.length; i += 2) {
      texts.put(given[i], given[i + 1]);
    }
    return method.trainer(context, OptionValues.of(method.options(), texts));
  }

  /** Noise; both slices annotate both organs. Teachers have features at level 1. */
  private static TensorBatch batch(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] images = new float[BATCH * SIDE * SIDE];
    float[] classes = new float[images.length];
    float[] margins = new float[2 * images.length];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble(-1, 1);
      classes[i] = random.nextInt(3);
      margins[2 * i] = (float) random.nextDouble(-3, 3);
      margins[2 * i + 1] = (float) random.nextDouble(-3, 3);
    }
    int half = SIDE / 2;
    int[] index = new int[BATCH * half * half * 2];
    Arrays.setAll(index, i -> i % 7 == 0 ? i % 32 : -1);
    float[] rows = new float[32 * 8];
    Arrays.fill(rows, (float) -Math.log(8));
    Map<String, INDArray> tensors = new HashMap<>();
    tensors.put(TensorBatch.IMAGE, Nd4j.create(images, new long[] {BATCH, SIDE, SIDE, 1}, 'c'));
    tensors.put(TensorBatch.LABEL, Nd4j.create(classes, new long[] {BATCH, SIDE, SIDE}, 'c'));
    tensors.put(TensorBatch.ANNOTATED, Nd4j.ones(BATCH, 2));
    tensors.put(TensorBatch.SOURCE, Nd4j.createFromArray(0f, 1f));
    tensors.put(TensorBatch.MARGINS, Nd4j.create(margins, new long[] {BATCH, SIDE, SIDE, 2}, 'c'));
    tensors.put(TensorBatch.index(1), HostInts.create(index, BATCH, half, half, 2));
    tensors.put(TensorBatch.rows(1), Nd4j.create(rows, new long[] {32, 8}, 'c'));
    return new TensorBatch(0, tensors, List.of("a", "b"));
  }

  private static GraphSession session(Trainer trainer) {
    return trainer.models().get(0).session();
  }

  private static List<String> auxiliary(Trainer trainer) {
    return session(trainer).parameters().stream()
        .filter(name -> name.startsWith(ObjectiveGraph.AUXILIARY))
        .sorted()
        .toList();
  }

  @Test
  void weightsAreHalvedAndAddUpToOne() {
    assertEquals(1, DeepSupervision.weight(0, 1));
    assertEquals(4.0 / 7, DeepSupervision.weight(0, 3), 1e-15);
    assertEquals(2.0 / 7, DeepSupervision.weight(1, 3), 1e-15);
    assertEquals(1.0 / 7, DeepSupervision.weight(2, 3), 1e-15);
  }

  @Test
  void aPositionHasTheValuesOfItsFirstPixel() {
    INDArray map = Nd4j.arange(2 * 4 * 4 * 2).castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT);
    TensorBatch batch =
        new TensorBatch(0, Map.of("map", map.reshape(2, 4, 4, 2)), List.of("a", "b"));
    CoarserMaps.Entry half = new CoarserMaps.Entry("map", 1);
    CoarserMaps.Entry quarter = new CoarserMaps.Entry("map", 2);
    try (CoarserMaps maps = new CoarserMaps(new TreeSet<>(List.of(quarter, half)))) {
      TensorBatch coarser = maps.extend(batch);
      assertArrayEquals(new long[] {2, 2, 2, 2}, coarser.get(half.tensor()).shape());
      assertArrayEquals(
          new float[] {0, 1, 4, 5, 16, 17, 20, 21, 32, 33, 36, 37, 48, 49, 52, 53},
          HostFloats.copy(coarser.get(half.tensor())));
      assertArrayEquals(new float[] {0, 1, 32, 33}, HostFloats.copy(coarser.get(quarter.tensor())));
    }
  }

  @Test
  void everyLevelButTheCoarsestHasAnOutput() {
    Map<Integer, List<String>> expected =
        Map.of(
            1, List.of(),
            2, List.of(),
            3, List.of("auxiliary.1.bias", "auxiliary.1.weight"),
            4,
                List.of(
                    "auxiliary.1.bias",
                    "auxiliary.1.weight",
                    "auxiliary.2.bias",
                    "auxiliary.2.weight"));
    expected.forEach(
        (depth, names) -> {
          try (Trainer deep = trainer(context(depth).supervisedDeeply(), "supervised");
              Trainer plain = trainer(context(depth), "supervised")) {
            assertEquals(names, auxiliary(deep));
            assertEquals(List.of(), auxiliary(plain));
            for (String name : session(plain).parameters()) {
              assertArrayEquals(
                  HostFloats.copy(session(plain).parameter(name)),
                  HostFloats.copy(session(deep).parameter(name)),
                  name);
            }
          }
        });
  }

  @Test
  void modelsHaveTheNetworksWeightsAlone() {
    TrainingContext context = context(3).supervisedDeeply();
    for (double decay : new double[] {0, 0.5}) {
      try (Trainer deep = AveragedTrainer.of(trainer(context, "supervised"), decay)) {
        deep.step(batch(1));
        new AdamOptimizer(session(deep)).step(1e-2);
        deep.afterUpdate(0);
        TreeMap<String, Tensor> weights =
            deep.weights().stream()
                .collect(Collectors.toMap(Tensor::name, t -> t, (a, b) -> a, TreeMap::new));
        UNet2d architecture = UNet2d.of(context.network(), 3);
        assertEquals(Optional.empty(), new WeightShapes(architecture).objection(weights));
      }
    }
  }

  /**
   * An output with zero weights and biases log(1), log(2), log(5) predicts 1/8, 2/8, 5/8
   * everywhere.
   */
  @Test
  void aCoarserLossIsThatOfTheCoarserLabels() {
    double[] p = {1 / 8.0, 2 / 8.0, 5 / 8.0};
    TensorBatch batch = batch(4);
    float[] classes = HostFloats.copy(batch.get(TensorBatch.LABEL));
    try (Trainer deep = trainer(context(4).supervisedDeeply(), "supervised")) {
      for (int level = 1; level <= 2; level++) {
        INDArray weight = session(deep).parameter("auxiliary." + level + ".weight");
        HostFloats.fill(weight, new float[(int) weight.length()]);
        HostFloats.fill(
            session(deep).parameter("auxiliary." + level + ".bias"),
            new float[] {0, (float) Math.log(2), (float) Math.log(5)});
      }
      StepResult result = deep.step(batch);
      Map<String, Double> terms = result.terms();
      double total = 4 * (terms.get("crossEntropy") + terms.get("diceLoss"));
      for (int level = 1; level <= 2; level++) {
        double[] counts = new double[3];
        for (int i = 0; i < classes.length; i++) {
          int step = 1 << level;
          if (i % SIDE % step == 0 && i / SIDE % SIDE % step == 0) {
            counts[(int) classes[i]]++;
          }
        }
        double all = Arrays.stream(counts).sum();
        double crossEntropy = 0;
        double dice = 0;
        for (int c = 0; c < 3; c++) {
          crossEntropy -= counts[c] / all * Math.log(p[c]);
          dice +=
              c == 0 ? 0 : (2 * counts[c] * p[c] + SMOOTH) / (all * p[c] + counts[c] + SMOOTH) / 2;
        }
        assertEquals(crossEntropy, terms.get("crossEntropy.output" + level), 1e-5);
        assertEquals(1 - dice, terms.get("diceLoss.output" + level), 1e-5);
        total += (crossEntropy + 1 - dice) * (level == 1 ? 2 : 1);
      }
      assertEquals(6, terms.size(), terms::toString);
      assertEquals(total / 7, result.loss(), 1e-5);
    }
  }

  /** The features' weight is not shared among the outputs; that of the other terms is. */
  @Test
  void theLossOfMskdIsTheWeightedSumOfTheTerms() {
    try (Trainer deep =
        trainer(
            context(4).supervisedDeeply(),
            "mskd",
            "labelWeight",
            "0.5",
            "cutMix",
            "0.5",
            "backgroundWeight",
            "2")) {
      StepResult result = deep.step(batch(5));
      Map<String, Double> t = result.terms();
      assertEquals(3 * 5 + 2, t.size(), t::toString);
      double total = 10 * (t.get("feature.liver.level1") + t.get("feature.spleen.level1"));
      for (int level = 0; level <= 2; level++) {
        String output = level == 0 ? "" : ".output" + level;
        double own =
            t.get("logit.liver" + output)
                + t.get("logit.spleen" + output)
                + 2 * t.get("logit.background" + output)
                + 0.5 * (t.get("label.crossEntropy" + output) + t.get("label.diceLoss" + output));
        total += own * (4 >> level) / 7;
      }
      assertEquals(total, result.loss(), 1e-5 * total);
    }
  }

  /** Along the whole gradient the loss has the gradient's length as its slope. */
  @Test
  void theGradientIsTheLossesSlope() {
    for (List<String> method :
        List.of(
            List.of("mskd", "labelWeight", "0.5"),
            List.of("marginal"),
            List.of("self-training"),
            List.of("hinton"),
            List.of("supervised"))) {
      String[] options = method.subList(1, method.size()).toArray(String[]::new);
      try (Trainer deep = trainer(context(3).supervisedDeeply(), method.get(0), options)) {
        deep.step(batch(7));
        Map<String, float[]> gradients = new TreeMap<>();
        double square = 0;
        for (String name : session(deep).parameters()) {
          float[] gradient = HostFloats.copy(session(deep).gradient(name));
          gradients.put(name, gradient);
          for (float g : gradient) {
            square += (double) g * g;
          }
        }
        for (String name : auxiliary(deep)) {
          float[] gradient = gradients.get(name);
          assertTrue(
              java.util.stream.IntStream.range(0, gradient.length).anyMatch(i -> gradient[i] != 0),
              name);
        }
        double length = Math.sqrt(square);
        List<Double> losses = new ArrayList<>();
        for (double step : new double[] {1e-3 / length, -2e-3 / length}) {
          gradients.forEach((name, along) -> move(session(deep).parameter(name), along, step));
          losses.add(deep.step(batch(7)).loss());
        }
        double slope = (losses.get(0) - losses.get(1)) / 2e-3;
        assertEquals(1, slope / length, 0.05, method + ": slope " + slope + " of " + length);
      }
    }
  }

  private static void move(INDArray parameter, float[] along, double step) {
    float[] values = HostFloats.copy(parameter);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (step * along[i]);
    }
    HostFloats.fill(parameter, values);
  }
}
