package org.mskd.benchmark.ours;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.mskd.benchmark.network.Claims;
import org.mskd.benchmark.network.FixedWeights;
import org.mskd.benchmark.network.SyntheticSlices;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Network;
import org.mskd.experiment.Preprocessing;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.training.FrozenNetwork;

/** Networks with the fixed weights, as trained ones come from their archives. */
final class Models {
  private Models() {}

  static List<String> organs(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(k -> "organ" + k).toList();
  }

  /** How a volume becomes slices of this size. */
  static Preprocessing preprocessing(int size) {
    return new Preprocessing(
        size,
        Preprocessing.DEFAULT.windowLow(),
        Preprocessing.DEFAULT.windowHigh(),
        Preprocessing.DEFAULT.targetSpacing());
  }

  /** A student of {@code organs} organs. */
  static Model student(Network network, int organs, int size) {
    return model(
        ModelKind.STUDENT, network, organs(organs), size, FixedWeights.of(network, organs + 1, 1));
  }

  /** Teachers that claim a realistic part of the slices. */
  static List<Model> teachers(Network network, int count, int batch, int size) {
    List<Model> teachers = new ArrayList<>();
    float[] images = SyntheticSlices.images(batch, size);
    for (int k = 0; k < count; k++) {
      SortedMap<String, Tensor> weights = FixedWeights.ofTeacher(network, 100 + k);
      try (FrozenNetwork untold = new FrozenNetwork(teacher(network, size, weights), batch)) {
        weights.get("head.bias").values()[1] -= Claims.excess(margins(untold, images));
      }
      teachers.add(teacher(network, size, weights));
    }
    return teachers;
  }

  /**
   * Loads teachers with the features of MS-KD.
   *
   * @return frozen networks, the caller's to close
   */
  static List<FrozenNetwork> loaded(List<Model> teachers, int batch) {
    return teachers.stream()
        .map(teacher -> new FrozenNetwork(teacher, batch, Optional.of(FeatureTerms.DEFAULT)))
        .toList();
  }

  /** The mean share of a slice that a teacher claims. */
  static double claimed(List<FrozenNetwork> teachers, int size) {
    float[] images = SyntheticSlices.images(teachers.get(0).batch(), size);
    return teachers.stream()
        .mapToDouble(teacher -> Claims.share(margins(teacher, images)))
        .average()
        .orElseThrow();
  }

  private static float[] margins(FrozenNetwork teacher, float[] images) {
    float[] logits = teacher.logits(images);
    float[] margins = new float[images.length];
    for (int i = 0; i < margins.length; i++) {
      margins[i] = logits[2 * i + 1] - logits[2 * i];
    }
    return margins;
  }

  private static Model teacher(Network network, int size, SortedMap<String, Tensor> weights) {
    return model(ModelKind.TEACHER, network, organs(1), size, weights);
  }

  private static Model model(
      ModelKind kind,
      Network network,
      List<String> organs,
      int size,
      SortedMap<String, Tensor> weights) {
    ModelCard card =
        new ModelCard(
            kind, network, organs, preprocessing(size), size, 1, new TreeMap<>(), List.of());
    return new Model(card, weights, "none");
  }
}
