package org.mskd.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.architecture.ConvolutionLayer;
import org.mskd.experiment.FeatureSource;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.problem.BadInputException;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class UNetTest {
  private static final int SIZE = 32;
  private static final int CLASSES = 3;
  private static final Network SMALL = new Network(4, 2, Normalization.INSTANCE);

  /** A network with the mean cross-entropy as its loss. */
  private record Model(SameDiff graph, UNet net) {
    static Model of(Network network, long seed) {
      SameDiff graph = SameDiff.create();
      SDVariable image = graph.placeHolder("image", DataType.FLOAT, -1, SIZE, SIZE, 1);
      SDVariable labels = graph.placeHolder("labels", DataType.FLOAT, -1, SIZE, SIZE, CLASSES);
      UNet net = UNet.build(graph, image, network, CLASSES, new WeightInit(seed));
      graph.nn().softmax(net.logits(), 3).rename("probabilities");
      SDVariable logs = graph.math().log(graph.getVariable("probabilities").add(1e-7));
      logs.mul(labels).sum(3).mean().neg().rename("loss");
      return new Model(graph, net);
    }
  }

  /** A copy of all parameters, by name. */
  private static Map<String, float[]> weights(SameDiff graph) {
    Map<String, float[]> weights = new TreeMap<>();
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE) {
        weights.put(variable.name(), HostFloats.copy(variable.getArr()));
      }
    }
    return weights;
  }

  @AfterEach
  void clear() {
    System.clearProperty("mskd.convolution");
    System.clearProperty("mskd.composed");
  }

  /** A bright disc (class 1) and a dark square (class 2) on noise. */
  private static Map<String, INDArray> example(int batch) {
    SplittableRandom random = new SplittableRandom(5);
    float[] image = new float[batch * SIZE * SIZE];
    float[] labels = new float[image.length * CLASSES];
    for (int i = 0; i < image.length; i++) {
      int row = i / SIZE % SIZE;
      int col = i % SIZE;
      int label = Math.hypot(row - 10, col - 12) < 6 ? 1 : row > 20 && col > 18 ? 2 : 0;
      image[i] = (float) (random.nextGaussian() * 0.2) + (label == 1 ? 1 : label == 2 ? -1 : 0);
      labels[i * CLASSES + label] = 1;
    }
    return Map.of(
        "image", Nd4j.create(image, new long[] {batch, SIZE, SIZE, 1}, 'c'),
        "labels", Nd4j.create(labels, new long[] {batch, SIZE, SIZE, CLASSES}, 'c'));
  }

  private static double step(GraphSession session, Map<String, INDArray> example, float rate) {
    double loss = session.run(example).get("loss").getDouble();
    for (String name : session.parameters()) {
      float[] values = HostFloats.copy(session.parameter(name));
      float[] gradient = HostFloats.copy(session.gradient(name));
      for (int i = 0; i < values.length; i++) {
        values[i] -= rate * gradient[i];
      }
      HostFloats.fill(session.parameter(name), values);
    }
    return loss;
  }

  /** By level, the deepest being the encoder's, and at level 0 what the head reads. */
  @Test
  void decoder() {
    Model model = Model.of(SMALL, 1);
    List<SDVariable> levels = model.net.decoder();
    assertEquals(model.net.encoder().get(2), levels.get(2));
    assertEquals(3, levels.size());
    List<String> names = new ArrayList<>(List.of("logits"));
    levels.forEach(level -> names.add(level.name()));
    try (GraphSession session = GraphSession.forInference(model.graph, names)) {
      Map<String, INDArray> out = session.run(example(2));
      assertArrayEquals(new long[] {2, 32, 32, 4}, out.get(names.get(1)).shape());
      assertArrayEquals(new long[] {2, 16, 16, 8}, out.get(names.get(2)).shape());
      assertArrayEquals(new long[] {2, 8, 8, 16}, out.get(names.get(3)).shape());
      float[] head = HostFloats.copy(model.graph.getVariable("head.weight").getArr());
      float[] features = HostFloats.copy(out.get(names.get(1)));
      float[] logits = HostFloats.copy(out.get("logits"));
      for (int i = 0; i < logits.length; i += 97) {
        double sum = 0;
        for (int c = 0; c < 4; c++) {
          sum += features[i / CLASSES * 4 + c] * head[c * CLASSES + i % CLASSES];
        }
        assertEquals(sum, logits[i], 1e-4, "at " + i);
      }
    }
  }

  @Test
  void featuresAreTheAskedLevelsOfTheAskedHalf() {
    UNet net = Model.of(SMALL, 1).net;
    assertEquals(List.of(net.encoder().get(1)), net.features(FeatureTerms.DEFAULT));
    assertEquals(
        List.of(net.decoder().get(0), net.decoder().get(2)),
        net.features(new FeatureTerms(List.of(2, 0), FeatureSource.DECODER, true)));
  }

  @Test
  void shapesAndEncoder() {
    Model model = Model.of(SMALL, 1);
    List<String> names = new ArrayList<>(List.of("logits"));
    model.net.encoder().forEach(level -> names.add(level.name()));
    assertEquals(List.of("logits", "encoder.0", "encoder.1", "encoder.2"), names);
    try (GraphSession session = GraphSession.forInference(model.graph, names)) {
      for (int batch : new int[] {2, 3}) {
        Map<String, INDArray> out = session.run(example(batch));
        assertArrayEquals(new long[] {batch, 32, 32, CLASSES}, out.get("logits").shape());
        assertArrayEquals(new long[] {batch, 32, 32, 4}, out.get("encoder.0").shape());
        assertArrayEquals(new long[] {batch, 16, 16, 8}, out.get("encoder.1").shape());
        assertArrayEquals(new long[] {batch, 8, 8, 16}, out.get("encoder.2").shape());
      }
    }
  }

  @Test
  void parametersAreNamedForTheirPlace() {
    Map<String, String> shapes = new TreeMap<>();
    Model model = Model.of(SMALL, 1);
    for (String name : weights(model.graph).keySet()) {
      shapes.put(name, Arrays.toString(model.graph.getVariable(name).getArr().shape()));
    }
    Map<String, String> expected = new TreeMap<>();
    Object[][] convolutions = {
      {"encoder.0.conv1", 1, 4}, {"encoder.0.conv2", 4, 4},
      {"encoder.1.conv1", 4, 8}, {"encoder.1.conv2", 8, 8},
      {"encoder.2.conv1", 8, 16}, {"encoder.2.conv2", 16, 16},
      {"decoder.1.conv1", 24, 8}, {"decoder.1.conv2", 8, 8},
      {"decoder.0.conv1", 12, 4}, {"decoder.0.conv2", 4, 4}
    };
    for (Object[] c : convolutions) {
      String norm = ((String) c[0]).replace("conv", "norm");
      expected.put(c[0] + ".weight", "[3, 3, %s, %s]".formatted(c[1], c[2]));
      for (String name : List.of(c[0] + ".bias", norm + ".scale", norm + ".shift")) {
        expected.put(name, "[%s]".formatted(c[2]));
      }
    }
    expected.put("head.weight", "[1, 1, 4, 3]");
    expected.put("head.bias", "[3]");
    assertEquals(expected, shapes);
  }

  @Test
  void withoutNormalisationThereAreNoNorms() {
    Model model = Model.of(new Network(4, 1, Normalization.NONE), 1);
    for (String name : weights(model.graph).keySet()) {
      assertFalse(name.contains("norm"), name);
    }
    try (GraphSession session = GraphSession.forTraining(model.graph, "loss", List.of("loss"))) {
      double first = step(session, example(1), 0.05f);
      for (int i = 0; i < 10; i++) {
        step(session, example(1), 0.05f);
      }
      double last = step(session, example(1), 0.05f);
      assertTrue(last < 0.8 * first, first + " then " + last);
    }
  }

  @Test
  void initialValuesDependOnSeedAndNameOnly() {
    WeightInit init = new WeightInit(7);
    float[] first = init.heNormal("a", 1001, 9);
    init.heNormal("b", 10, 9);
    assertArrayEquals(first, init.heNormal("a", 1001, 9));
    assertArrayEquals(Arrays.copyOf(first, 5), init.heNormal("a", 5, 9));
    assertFalse(Arrays.equals(first, init.heNormal("b", 1001, 9)));
    assertFalse(Arrays.equals(first, new WeightInit(8).heNormal("a", 1001, 9)));
    var deep = weights(Model.of(new Network(4, 3, Normalization.INSTANCE), 7).graph);
    weights(Model.of(SMALL, 7).graph)
        .forEach(
            (name, values) -> {
              if (name.startsWith("encoder")) {
                assertArrayEquals(values, deep.get(name), name);
              }
            });
  }

  @Test
  void initialValuesAreHeNormal() {
    int fanIn = 288;
    float[] values = new WeightInit(3).heNormal("w", 200_000, fanIn);
    double mean = 0;
    double square = 0;
    double fourth = 0;
    for (float v : values) {
      mean += v / (double) values.length;
      square += v * v / (double) values.length;
      fourth += Math.pow(v, 4) / values.length;
    }
    double variance = 2 / (1.0001 * fanIn);
    // Six standard errors: sd/sqrt(n), sd^2 sqrt(2/n), and kurtosis 3 with error sqrt(24/n).
    assertEquals(0, mean, 6 * Math.sqrt(variance / values.length));
    assertEquals(variance, square, 6 * variance * Math.sqrt(2.0 / values.length));
    assertEquals(3, fourth / (square * square), 6 * Math.sqrt(24.0 / values.length));
    Map<String, float[]> weights = weights(Model.of(SMALL, 1).graph);
    assertArrayEquals(new float[8], weights.get("encoder.1.conv1.bias"));
    assertArrayEquals(new float[8], weights.get("encoder.1.norm1.shift"));
    assertArrayEquals(new float[] {1, 1, 1, 1}, weights.get("encoder.0.norm2.scale"));
  }

  @ParameterizedTest
  @CsvSource({"onednn,false", "nd4j,false", "nd4j,true"})
  void learnsOneImageByHeart(String convolution, String composed) {
    System.setProperty("mskd.convolution", convolution);
    System.setProperty("mskd.composed", composed);
    Model model = Model.of(SMALL, 11);
    Map<String, INDArray> example = example(1);
    try (GraphSession session =
        GraphSession.forTraining(model.graph, "loss", List.of("loss", "probabilities"))) {
      double first = step(session, example, 0.3f);
      for (int i = 0; i < 58; i++) {
        step(session, example, 0.3f);
      }
      double last = step(session, example, 0.3f);
      assertTrue(last < first / 5, first + " then " + last);
      float[] probabilities = HostFloats.copy(session.run(example).get("probabilities"));
      float[] labels = HostFloats.copy(example.get("labels"));
      int right = 0;
      for (int i = 0; i < probabilities.length; i++) {
        right += labels[i] == 1 && probabilities[i] > 0.5 ? 1 : 0;
      }
      assertTrue(right > 0.97 * SIZE * SIZE, right + " pixels of " + SIZE * SIZE);
    }
  }

  @Test
  void handsDoNotChangeWhatIsLearnt() {
    Map<String, float[]> theirs = trained("nd4j", "true", 4);
    trained("onednn", "false", 4)
        .forEach((name, values) -> assertArrayEquals(values, theirs.get(name), 2e-4f, name));
  }

  @Test
  void sameSeedGivesTheSameBits() {
    Map<String, float[]> first = trained("onednn", "false", 5);
    Map<String, float[]> second = trained("onednn", "false", 5);
    first.forEach((name, values) -> assertArrayEquals(values, second.get(name), name));
    Map<String, float[]> untrained = weights(Model.of(SMALL, 21).graph);
    assertNotEquals(untrained.get("head.bias")[0], first.get("head.bias")[0]);
  }

  private static Map<String, float[]> trained(String convolution, String composed, int steps) {
    System.setProperty("mskd.convolution", convolution);
    System.setProperty("mskd.composed", composed);
    Model model = Model.of(SMALL, 21);
    try (GraphSession session = GraphSession.forTraining(model.graph, "loss", List.of("loss"))) {
      for (int i = 0; i < steps; i++) {
        step(session, example(2), 0.05f);
      }
    }
    return weights(model.graph);
  }

  @Test
  void memoryStopsGrowing() {
    Model model = Model.of(SMALL, 2);
    try (GraphSession session = GraphSession.forTraining(model.graph, "loss", List.of("loss"))) {
      step(session, example(2), 0.1f);
      step(session, example(2), 0.1f);
      long created = session.arraysCreated();
      for (int i = 0; i < 10; i++) {
        step(session, example(2), 0.1f);
      }
      assertEquals(created, session.arraysCreated());
    }
  }

  @Test
  void inferenceIsTrainingsForwardPass() {
    Model trained = Model.of(SMALL, 4);
    Model copy = Model.of(SMALL, 5);
    List<String> outputs = List.of("logits", "encoder.1");
    try (GraphSession training = GraphSession.forTraining(trained.graph, "loss", allOf(outputs));
        GraphSession inference = GraphSession.forInference(copy.graph, outputs)) {
      step(training, example(2), 0.1f);
      step(training, example(2), 0.1f);
      weights(trained.graph)
          .forEach(
              (name, values) -> HostFloats.fill(copy.graph.getVariable(name).getArr(), values));
      Map<String, INDArray> expected = training.run(example(2));
      Map<String, INDArray> actual = inference.run(example(2));
      for (String output : outputs) {
        assertArrayEquals(
            HostFloats.copy(expected.get(output)), HostFloats.copy(actual.get(output)), output);
      }
    }
  }

  /** Several layers have one shape, so that what is kept must be kept for each of them. */
  @ParameterizedTest
  @CsvSource({"onednn", "nd4j"})
  void frozenIsInference(String convolution) {
    System.setProperty("mskd.convolution", convolution);
    Model model = Model.of(SMALL, 6);
    Map<String, float[]> other = weights(Model.of(SMALL, 7).graph);
    List<String> outputs = List.of("logits", "encoder.2");
    try (GraphSession inference = GraphSession.forInference(model.graph, outputs);
        GraphSession frozen = GraphSession.frozen(model.graph, outputs)) {
      inference.run(example(1));
      other.forEach(
          (name, values) -> HostFloats.fill(model.graph.getVariable(name).getArr(), values));
      for (int batch : new int[] {2, 3, 2}) {
        Map<String, INDArray> expected = inference.run(example(batch));
        Map<String, INDArray> actual = frozen.run(example(batch));
        for (String output : outputs) {
          assertArrayEquals(
              HostFloats.copy(expected.get(output)),
              HostFloats.copy(actual.get(output)),
              1e-4f,
              output);
        }
      }
    }
  }

  /** Which is why nothing may change them: what was made of them is used again. */
  @Test
  void frozenParametersAreReadOnce() {
    System.setProperty("mskd.convolution", "onednn");
    Model model = Model.of(new Network(4, 1, Normalization.NONE), 6);
    try (GraphSession frozen = GraphSession.frozen(model.graph, List.of("logits"))) {
      float[] first = HostFloats.copy(frozen.run(example(1)).get("logits"));
      for (String name : frozen.parameters()) {
        if (name.endsWith("weight")) {
          frozen.parameter(name).assign(0);
        }
      }
      assertArrayEquals(first, HostFloats.copy(frozen.run(example(1)).get("logits")));
    }
  }

  private static List<String> allOf(List<String> outputs) {
    List<String> all = new ArrayList<>(outputs);
    all.add("loss");
    return all;
  }

  @Test
  void sizesThatCannotBeAreRefused() {
    SameDiff graph = SameDiff.create();
    SDVariable image = graph.placeHolder("image", DataType.FLOAT, -1, 36, 36, 1);
    WeightInit init = new WeightInit(1);
    Network deep = new Network(4, 3, Normalization.INSTANCE);
    var size = assertThrows(BadInputException.class, () -> build(graph, image, deep, init));
    assertTrue(size.getMessage().contains("36 x 36"), size.getMessage());
    assertTrue(size.remedy().contains("multiple of 8"), size.remedy());
    SDVariable any = graph.placeHolder("any", DataType.FLOAT, -1, -1, -1, 1);
    Layers layers = new Layers(graph, Normalization.NONE, init);
    var weights =
        assertThrows(
            BadInputException.class,
            () -> layers.convolution(new ConvolutionLayer("c", 3, 1 << 15, 1 << 16), any));
    assertTrue(weights.problem().contains("19327352832"), weights.problem());
  }

  private static UNet build(SameDiff graph, SDVariable image, Network network, WeightInit init) {
    return UNet.build(graph, image, network, CLASSES, init);
  }
}
