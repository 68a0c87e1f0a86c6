package org.mskd.method;

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
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.FeatureSource;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.LossNormalization;
import org.mskd.experiment.MaskDownsampling;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Overlap;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.Regions;
import org.mskd.graph.WeightInit;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.option.OptionValues;
import org.mskd.random.SubSeeds;
import org.mskd.training.AdamOptimizer;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.NetworkWeights;
import org.mskd.training.StepResult;
import org.mskd.training.TensorBatch;
import org.mskd.training.Trainer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The student with its switches; what it learns is {@link NetworksTest}'s. */
class MskdMethodTest {
  private static final Network NETWORK = new Network(4, 2, Normalization.INSTANCE);
  private static final int SIDE = 16;
  private static final int BATCH = 2;
  private static final List<String> ORGANS = List.of("liver", "spleen");

  /** As many switches away from the source's settings as go together. */
  private static final Distillation SWITCHED =
      new Distillation(
          0.5,
          3,
          0.7,
          2,
          new FeatureTerms(List.of(0, 1, 2), FeatureSource.DECODER, true),
          new Regions(true, Overlap.WINNER, MaskDownsampling.MAX),
          LossNormalization.REGION);

  private static Model teacher(int k) {
    ModelCard card =
        new ModelCard(
            ModelKind.TEACHER,
            NETWORK,
            List.of(ORGANS.get(k)),
            new Preprocessing(SIDE, -125, 275, List.of()),
            SIDE,
            1,
            new TreeMap<>(),
            List.of());
    try (GraphTrainer network = TeacherMethod.network(NETWORK, BATCH, SIDE, new WeightInit(k))) {
      return new Model(
          card,
          NetworkWeights.of(network.session()).stream()
              .collect(Collectors.toMap(Tensor::name, t -> t, (a, b) -> a, TreeMap::new)),
          "");
    }
  }

  private static List<FrozenNetwork> frozen(Distillation settings) {
    Optional<FeatureTerms> features =
        settings.usesFeatures() ? Optional.of(settings.features()) : Optional.empty();
    return List.of(
        new FrozenNetwork(teacher(0), BATCH, features),
        new FrozenNetwork(teacher(1), BATCH, features));
  }

  private static Trainer student(Distillation settings, List<FrozenNetwork> teachers) {
    return new ExtendedTrainer(
        withTargets(settings), new LiveTeachers(teachers, required(settings)));
  }

  /** A student whose batches carry teacher outputs. */
  private static Trainer withTargets(Distillation settings) {
    return new MskdMethod()
        .trainer(
            new TrainingContext(NETWORK, ORGANS, BATCH, SIDE, new WeightInit(9)),
            DistillationOptions.values(settings));
  }

  private static TeacherRequirement required(Distillation settings) {
    return new MskdMethod().requires(DistillationOptions.values(settings)).teachers().orElseThrow();
  }

  private static GraphSession session(Trainer trainer) {
    return trainer.models().get(0).session();
  }

  private static Trainer student(Distillation settings) {
    return student(settings, frozen(settings));
  }

  /** Noise; the first slice's data set annotates the spleen in half of it, the second nothing. */
  private static TensorBatch batch(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] images = new float[BATCH * SIDE * SIDE];
    float[] classes = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) (2 * random.nextDouble() - 1);
      classes[i] = i < SIDE * SIDE / 2 ? 2 : 0;
    }
    return new TensorBatch(
        0,
        Map.of(
            TensorBatch.IMAGE,
            Nd4j.create(images, new long[] {BATCH, SIDE, SIDE, 1}, 'c'),
            TensorBatch.LABEL,
            Nd4j.create(classes, new long[] {BATCH, SIDE, SIDE}, 'c'),
            TensorBatch.ANNOTATED,
            Nd4j.create(new float[] {0, 1, 0, 0}, new long[] {BATCH, 2}, 'c'),
            TensorBatch.SOURCE,
            Nd4j.create(new float[] {0, 1}, new long[] {BATCH}, 'c')),
        List.of("a", "b"));
  }

  private static List<StepResult> train(Trainer network, int steps) {
    AdamOptimizer optimizer = new AdamOptimizer(session(network));
    List<StepResult> results = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      results.add(network.step(batch(step)));
      optimizer.step(1e-2);
    }
    return results;
  }

  private static Map<String, int[]> bits(Iterable<Tensor> tensors) {
    Map<String, int[]> bits = new TreeMap<>();
    for (Tensor tensor : tensors) {
      float[] values = tensor.values();
      int[] raw = new int[values.length];
      for (int i = 0; i < raw.length; i++) {
        raw[i] = Float.floatToRawIntBits(values[i]);
      }
      bits.put(tensor.name(), raw);
    }
    return bits;
  }

  private static void assertSame(Map<String, int[]> expected, Map<String, int[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), name));
  }

  @Test
  void teachersAreTheSameBitsAfterwards() {
    for (Distillation settings : List.of(Distillation.DEFAULT, SWITCHED)) {
      List<Model> models = List.of(teacher(0), teacher(1));
      List<Map<String, int[]>> before =
          models.stream().map(model -> bits(model.tensors().values())).toList();
      List<FrozenNetwork> teachers =
          models.stream()
              .map(model -> new FrozenNetwork(model, BATCH, Optional.of(settings.features())))
              .toList();
      try (Trainer network = student(settings, teachers)) {
        Map<String, int[]> untrained = bits(NetworkWeights.of(session(network)));
        train(network, 4);
        for (int k = 0; k < 2; k++) {
          assertSame(before.get(k), bits(models.get(k).tensors().values()));
          assertSame(before.get(k), bits(teachers.get(k).weights()));
        }
        bits(NetworkWeights.of(session(network)))
            .forEach(
                (name, now) ->
                    assertFalse(
                        Arrays.equals(untrained.get(name), now),
                        "the student did not learn " + name));
      }
    }
  }

  @Test
  void equalTrainingsGiveEqualBits() {
    equalTrainingsGiveEqualBits(SWITCHED);
    equalTrainingsGiveEqualBits(SWITCHED.withCutMix(0.5).withAnnotatedTargets(true));
  }

  private void equalTrainingsGiveEqualBits(Distillation settings) {
    List<Map<String, int[]>> weights = new ArrayList<>();
    List<List<StepResult>> results = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (Trainer network = student(settings)) {
        results.add(train(network, 5));
        weights.add(bits(NetworkWeights.of(session(network))));
      }
    }
    assertEquals(results.get(0), results.get(1));
    assertSame(weights.get(0), weights.get(1));
  }

  /** The reported loss is what the graph minimises: with all parameters fixed, by its terms. */
  @Test
  void theLossIsTheWeightedSumOfTheTerms() {
    Distillation settings = SWITCHED;
    try (Trainer network = student(settings)) {
      StepResult result = network.step(batch(1));
      Map<String, Double> t = result.terms();
      double logits =
          t.get("logit.liver") + t.get("logit.spleen") + 0.5 * t.get("logit.background");
      double features =
          t.get("feature.liver.level0")
              + t.get("feature.liver.level1")
              + t.get("feature.liver.level2")
              + t.get("feature.spleen.level0")
              + t.get("feature.spleen.level1")
              + t.get("feature.spleen.level2");
      double labels = t.get("label.crossEntropy") + t.get("label.diceLoss");
      assertEquals(11, t.size(), t::toString);
      assertTrue(t.values().stream().allMatch(term -> term > 0), t::toString);
      assertEquals(logits + 3 * features + 0.7 * labels, result.loss(), 1e-5 * result.loss());
    }
  }

  @Test
  void theSourcesTermsNeedNoLabel() {
    try (Trainer network = student(Distillation.DEFAULT)) {
      TensorBatch unlabelled =
          new TensorBatch(
              0, Map.of(TensorBatch.IMAGE, batch(1).get(TensorBatch.IMAGE)), List.of("a", "b"));
      assertEquals(
          Set.of(
              "logit.liver",
              "logit.spleen",
              "logit.background",
              "feature.liver.level1",
              "feature.spleen.level1"),
          network.step(unlabelled).terms().keySet());
    }
  }

  @Test
  void withoutFeatureWeightTeachersGiveLogitsOnly() {
    Distillation logits = Distillation.DEFAULT.withFeatureWeight(0);
    try (Trainer network = student(logits);
        Trainer whole = student(Distillation.DEFAULT)) {
      StepResult result = network.step(batch(1));
      assertEquals(
          Set.of("logit.liver", "logit.spleen", "logit.background"), result.terms().keySet());
      assertEquals(
          whole.step(batch(1)).terms().get("logit.liver"), result.terms().get("logit.liver"));
    }
    // Where features are compared, teachers that do not give theirs are an error, not a guess.
    try (Trainer network = student(Distillation.DEFAULT, frozen(logits))) {
      TensorBatch batch = batch(1);
      assertThrows(IllegalArgumentException.class, () -> network.step(batch));
    }
  }

  @Test
  void decoderAndEncoderMeetAtTheDeepestLevelOnly() {
    Map<FeatureSource, Map<String, Double>> terms = new TreeMap<>();
    for (FeatureSource source : FeatureSource.values()) {
      FeatureTerms features = new FeatureTerms(List.of(0, 1, 2), source, true);
      try (Trainer network = student(Distillation.DEFAULT.withFeatures(features))) {
        terms.put(source, network.step(batch(3)).terms());
      }
    }
    for (int level = 0; level <= 2; level++) {
      String name = "feature.liver.level" + level;
      Double encoder = terms.get(FeatureSource.ENCODER).get(name);
      Double decoder = terms.get(FeatureSource.DECODER).get(name);
      assertTrue(encoder > 0 && decoder > 0, name + " " + encoder + " " + decoder);
      if (level == 2) {
        assertEquals(encoder, decoder);
      } else {
        assertNotEquals(encoder, decoder, name);
      }
    }
  }

  @Test
  void aBatchStaysTheCallers() {
    for (Distillation settings : List.of(Distillation.DEFAULT, SWITCHED)) {
      try (Trainer network = student(settings)) {
        TensorBatch batch = batch(1);
        network.step(batch);
        batch.tensors().forEach((name, array) -> assertFalse(array.wasClosed(), name));
      }
    }
  }

  /** A batch that carries the outputs of live teachers trains to the same bits. */
  @Test
  void storedTargetsTrainAsLiveOnes() {
    for (Distillation settings : List.of(Distillation.DEFAULT, SWITCHED)) {
      try (Trainer live = student(settings);
          LiveTeachers teachers = new LiveTeachers(frozen(settings), required(settings));
          Trainer stored = withTargets(settings)) {
        AdamOptimizer optimizer = new AdamOptimizer(session(stored));
        List<StepResult> results = new ArrayList<>();
        for (int step = 0; step < 3; step++) {
          results.add(stored.step(teachers.extend(batch(step))));
          optimizer.step(1e-2);
        }
        assertEquals(train(live, 3), results);
        assertSame(
            bits(NetworkWeights.of(session(live))), bits(NetworkWeights.of(session(stored))));
      }
    }
  }

  @Test
  void aBatchWithoutTargetsIsRefused() {
    try (Trainer network = withTargets(Distillation.DEFAULT)) {
      TensorBatch batch = batch(1);
      Exception refused = assertThrows(NoSuchElementException.class, () -> network.step(batch));
      assertTrue(refused.getMessage().contains("teachers."), refused::getMessage);
    }
  }

  @Test
  void liveTargetsByTheirLogits() {
    List<FrozenNetwork> teachers = frozen(SWITCHED);
    try (LiveTeachers targets = new LiveTeachers(teachers, required(SWITCHED))) {
      TensorBatch batch = batch(4);
      TensorBatch extended = targets.extend(batch);
      float[] margins = HostFloats.copy(extended.get(TensorBatch.MARGINS));
      for (int k = 0; k < 2; k++) {
        float[] logits =
            HostFloats.copy(teachers.get(k).run(batch.get(TensorBatch.IMAGE)).logits());
        for (int i = 0; i < logits.length / 2; i++) {
          assertEquals(logits[2 * i + 1] - logits[2 * i], margins[2 * i + k], "at " + i);
        }
      }
      for (int level = 0; level < 3; level++) {
        INDArray index = extended.get(TensorBatch.index(level));
        INDArray rows = extended.get(TensorBatch.rows(level));
        assertArrayEquals(new long[] {BATCH, SIDE >> level, SIDE >> level, 2}, index.shape());
        assertEquals(NETWORK.baseChannels() << level, rows.size(1));
        assertTrue(index.maxNumber().intValue() >= 0, "nothing inside at level " + level);
        assertTrue(index.maxNumber().intValue() < rows.size(0), "level " + level);
        for (int row = 0; row < rows.size(0); row++) {
          double sum = 0;
          for (int c = 0; c < rows.size(1); c++) {
            sum += Math.exp(rows.getDouble(row, c));
          }
          assertEquals(1, sum, 1e-5, "row " + row);
        }
      }
    }
  }

  /** The loss is that of the mixed targets; a student without labels mixes as one with them. */
  @Test
  void mixedSlicesTrainAsABatchOfThem() {
    for (Distillation settings :
        List.of(Distillation.DEFAULT, SWITCHED.withLabelWeight(0).withAnnotatedTargets(true))) {
      try (Trainer mixed = withTargets(settings.withCutMix(1));
          Trainer plain = withTargets(settings.withAnnotatedTargets(false));
          Trainer labelled = withTargets(settings.withCutMix(1).withLabelWeight(1));
          LiveTeachers teachers = new LiveTeachers(frozen(settings), required(settings));
          AnnotatedMargins annotated = new AnnotatedMargins(settings.temperature());
          CutMix byHand =
              new CutMix(SubSeeds.of(9, MskdMethod.ID), 1, settings.features().levels())) {
        TensorBatch batch = teachers.extend(batch(3));
        TensorBatch targets = settings.annotatedTargets() ? annotated.extend(batch) : batch;
        StepResult expected = plain.step(byHand.extend(targets));
        assertEquals(expected, mixed.step(batch));
        assertNotEquals(expected, plain.step(targets));
        Map<String, Double> terms = labelled.step(batch).terms();
        expected.terms().forEach((name, value) -> assertEquals(value, terms.get(name), name));
      }
    }
  }

  @Test
  void theGradientIsTheLossesSlope() {
    theGradientIsTheLossesSlope(SWITCHED);
  }

  @Test
  void ofMixedSlicesToo() {
    theGradientIsTheLossesSlope(SWITCHED.withCutMix(1));
  }

  /** Along the whole gradient the loss has the gradient's length as its slope. */
  private void theGradientIsTheLossesSlope(Distillation settings) {
    try (Trainer network = student(settings)) {
      train(network, 3);
      network.step(batch(7));
      Map<String, float[]> gradients = new TreeMap<>();
      Map<String, float[]> kept = new TreeMap<>();
      double square = 0;
      for (String name : session(network).parameters()) {
        gradients.put(name, HostFloats.copy(session(network).gradient(name)));
        kept.put(name, HostFloats.copy(session(network).parameter(name)));
        for (float g : gradients.get(name)) {
          square += (double) g * g;
        }
      }
      double length = Math.sqrt(square);
      double step = 1e-3 / length;
      double slope =
          (lossAt(network, kept, gradients, step) - lossAt(network, kept, gradients, -step)) / 2e-3;
      assertEquals(1, slope / length, 0.05, "slope " + slope + " gradient " + length);
    }
  }

  private static double lossAt(
      Trainer network, Map<String, float[]> at, Map<String, float[]> along, double step) {
    at.forEach(
        (name, values) -> {
          float[] moved = values.clone();
          for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (step * along.get(name)[i]);
          }
          HostFloats.fill(session(network).parameter(name), moved);
        });
    return network.step(batch(7)).loss();
  }

  /** Stored outputs outside of a slice are as certain at every temperature. */
  @Test
  void storedOutputsKnowTheTemperature() {
    OptionValues warm = DistillationOptions.values(Distillation.DEFAULT.withTemperature(4));
    assertEquals(4, temperature(new MskdMethod().requires(warm)));
    HintonMethod hinton = new HintonMethod();
    assertEquals(2, temperature(hinton.requires(OptionValues.defaults(hinton.options()))));
  }

  private static double temperature(Requirements requirements) {
    return requirements.teachers().orElseThrow().asSettings().temperature();
  }
}
