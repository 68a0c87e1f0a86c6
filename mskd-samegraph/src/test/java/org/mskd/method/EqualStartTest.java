package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mskd.architecture.Architecture;
import org.mskd.architecture.ParameterShape;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.graph.WeightInit;
import org.mskd.model.Tensor;
import org.mskd.option.OptionValues;
import org.mskd.training.AveragedTrainer;
import org.mskd.training.NetworkWeights;
import org.mskd.training.TrainableModel;
import org.mskd.training.Trainer;

/** Students of all methods start from equal weights, so that the method is what differs. */
class EqualStartTest {
  private static final Network NETWORK = new Network(4, 2, Normalization.INSTANCE);
  private static final List<String> ORGANS = List.of("liver", "spleen");
  private static final WeightInit INIT = new WeightInit(2021);

  /** The plain U-Net's parameters and first values. */
  private static SortedMap<String, Tensor> plain() {
    TrainingContext context = new TrainingContext(NETWORK, ORGANS, 2, 16, INIT);
    try (GraphTrainer trainer =
        GraphTrainer.of(context, List.of(DiceCrossEntropyObjective.ofLabels()))) {
      return byName(NetworkWeights.of(trainer.session()));
    }
  }

  private static SortedMap<String, Tensor> byName(List<Tensor> tensors) {
    SortedMap<String, Tensor> named = new TreeMap<>();
    tensors.forEach(tensor -> named.put(tensor.name(), tensor));
    return named;
  }

  /** With sizes of organs, for the methods that require them. */
  private static TrainingContext context() {
    return new TrainingContext(NETWORK, ORGANS, 2, 16, INIT, 1, 0, List.of(0.03, 0.004));
  }

  static Stream<TrainingMethod> methods() {
    return Methods.installed().students().stream();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void startsFromTheWeightsOfThePlainNetwork(TrainingMethod method) {
    SortedMap<String, Tensor> plain = plain();
    try (Trainer trainer = method.trainer(context(), OptionValues.defaults(method.options()))) {
      SortedMap<String, Tensor> own = byName(NetworkWeights.of(trainer.models().get(0).session()));
      Set<String> common = new HashSet<>(own.keySet());
      common.removeIf(
          name ->
              !plain.containsKey(name)
                  || !Arrays.equals(plain.get(name).shape(), own.get(name).shape()));
      for (String name : common) {
        assertArrayEquals(plain.get(name).values(), own.get(name).values(), name);
      }
      // All but the head, which networks of another architecture have of their own.
      Set<String> rest = new HashSet<>(plain.keySet());
      rest.removeAll(common);
      assertTrue(
          rest.stream().allMatch(name -> name.startsWith("head.")),
          method.id() + " differs in " + rest);
    }
  }

  /** The first network and its averages; the second one of co-training must differ. */
  @ParameterizedTest
  @MethodSource("methods")
  void beginsWithTheWeightsOfAGivenModel(TrainingMethod method) {
    OptionValues options = OptionValues.defaults(method.options());
    SortedMap<String, Tensor> given;
    try (Trainer other = method.trainer(context().withInit(new WeightInit(5)), options)) {
      given = byName(other.weights());
    }
    TrainingContext context = context().beginningWith(given);
    try (Trainer trainer = AveragedTrainer.of(method.trainer(context, options), 0.9)) {
      assertEquals(given, byName(trainer.weights()));
      for (TrainableModel model : trainer.models()) {
        boolean isFirst = model.equals(trainer.models().get(0));
        SortedMap<String, Tensor> own = byName(NetworkWeights.of(model.session()));
        assertEquals(isFirst, own.entrySet().containsAll(given.entrySet()), model.name());
      }
    }
  }

  /** What is trained, and what the model's card says of it, are one network. */
  @ParameterizedTest
  @MethodSource("methods")
  void itsModelHasTheParametersOfItsArchitecture(TrainingMethod method) {
    Architecture architecture = method.architecture(NETWORK, ORGANS.size());
    SortedMap<String, List<Long>> expected = new TreeMap<>();
    for (ParameterShape shape : architecture.parameters()) {
      expected.put(shape.name(), shape.lengths());
    }
    SortedMap<String, List<Long>> found = new TreeMap<>();
    try (Trainer trainer = method.trainer(context(), OptionValues.defaults(method.options()))) {
      for (Tensor tensor : trainer.weights()) {
        found.put(tensor.name(), Arrays.stream(tensor.shape()).boxed().toList());
      }
    }
    assertEquals(expected, found);
    boolean plain = architecture.equals(UNet2d.of(NETWORK, ORGANS.size() + 1));
    assertEquals(!Set.of("conditional", "dodnet").contains(method.id()), plain);
  }
}
