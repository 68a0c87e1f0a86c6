package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mskd.experiment.Blocks;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.Sgd;
import org.mskd.graph.WeightInit;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.option.OptionValues;
import org.mskd.training.AdamOptimizer;
import org.mskd.training.AveragedTrainer;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.NetworkWeights;
import org.mskd.training.ParameterOptimizer;
import org.mskd.training.SgdOptimizer;
import org.mskd.training.TensorBatch;
import org.mskd.training.TrainableModel;
import org.mskd.training.Trainer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays of a step, about 8 MB in a plain student and more in the others, are used again by the
 * next one. If they were left to the garbage collector, as SameDiff leaves them, fifteen steps
 * would take over a hundred megabytes.
 */
class MemoryTest {
  private static final Network NETWORK = new Network(8, 2, Normalization.INSTANCE);
  private static final Preprocessing SLICES = new Preprocessing(64, -125, 275, List.of());
  private static final int BATCH = 2;
  private static final int FIRST = 5;
  private static final int STEPS = 15;
  private static final long MOST_GROWTH = 48L << 20;

  private static final TrainingContext CONTEXT =
      new TrainingContext(
          NETWORK,
          List.of("o0", "o1"),
          BATCH,
          SLICES.sliceSize(),
          new WeightInit(3),
          FIRST + STEPS,
          0,
          List.of(0.1, 0.1));

  /** Residual blocks and an auxiliary output. */
  private static final TrainingContext SWITCHED =
      new TrainingContext(
              new Network(8, 3, Normalization.INSTANCE).withBlocks(Blocks.RESIDUAL),
              List.of("o0", "o1"),
              BATCH,
              SLICES.sliceSize(),
              new WeightInit(3))
          .supervisedDeeply();

  /** So that every part of a loss is computed before memory is measured. */
  private static final Map<String, Map<String, String>> OPTIONS =
      Map.of(
          "ltuda", Map.of("alignmentStart", "0.05"),
          "mskd", Map.of("cutMix", "0.5", "labelWeight", "1"),
          "pann", Map.of("warmUp", "0.05"));

  private static Model teacher(int k) {
    ModelCard card =
        new ModelCard(
            ModelKind.TEACHER,
            NETWORK,
            List.of("o" + k),
            SLICES,
            SLICES.sliceSize(),
            1,
            new TreeMap<>(),
            List.of());
    try (GraphTrainer network =
        TeacherMethod.network(NETWORK, BATCH, SLICES.sliceSize(), new WeightInit(k))) {
      return new Model(
          card,
          NetworkWeights.of(network.session()).stream()
              .collect(Collectors.toMap(Tensor::name, t -> t, (a, b) -> a, TreeMap::new)),
          "");
    }
  }

  /** Noise; the first slice's data set annotates one organ, the second's the other one. */
  private static TensorBatch batch(int iteration, SplittableRandom random) {
    int size = SLICES.sliceSize();
    int area = size * size;
    float[] images = new float[BATCH * area];
    float[] classes = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) (2 * random.nextDouble() - 1);
      classes[i] = i % area < area / 4 ? 1 + i / area : 0;
    }
    return new TensorBatch(
        iteration,
        Map.of(
            TensorBatch.IMAGE,
            Nd4j.create(images, new long[] {BATCH, size, size, 1}, 'c'),
            TensorBatch.LABEL,
            Nd4j.create(classes, new long[] {BATCH, size, size}, 'c'),
            TensorBatch.ANNOTATED,
            Nd4j.create(new float[] {1, 0, 0, 1}, new long[] {BATCH, 2}, 'c'),
            TensorBatch.SOURCE,
            Nd4j.create(new float[] {0, 1}, new long[] {BATCH}, 'c')),
        List.of("a", "b"));
  }

  private static Trainer trainer(
      TrainingMethod method, TrainingContext context, Map<String, String> given) {
    OptionValues options = OptionValues.of(method.options(), new TreeMap<>(given));
    Trainer trainer = AveragedTrainer.of(method.trainer(context, options), 0.9);
    return method
        .requires(options)
        .teachers()
        .<Trainer>map(required -> new ExtendedTrainer(trainer, teachers(required)))
        .orElse(trainer);
  }

  private static LiveTeachers teachers(TeacherRequirement required) {
    List<FrozenNetwork> teachers = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      teachers.add(new FrozenNetwork(teacher(k), BATCH, required.features()));
    }
    return new LiveTeachers(teachers, required);
  }

  static List<TrainingMethod> methods() {
    return Methods.installed().students();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void staysFlatOverManySteps(TrainingMethod method) {
    assertFlat(
        trainer(method, CONTEXT, OPTIONS.getOrDefault(method.id(), Map.of())), AdamOptimizer::new);
  }

  /**
   * The switches that the methods above do not have on: of the network, the loss, the optimizer.
   */
  @Test
  void staysFlatWithTheOtherSwitches() {
    Map<String, String> loss =
        Map.of(
            "temperature", "2",
            "annotatedTargets", "true",
            "labelWeight", "1",
            "lossNormalization", "region",
            "backgroundWeight", "16");
    assertFlat(trainer(new MskdMethod(), SWITCHED, loss), MemoryTest::nesterov);
  }

  @Test
  void aTeacherStaysFlat() {
    assertFlat(trainer(new TeacherMethod(), CONTEXT, Map.of()), AdamOptimizer::new);
    assertFlat(trainer(new TeacherMethod(), SWITCHED, Map.of()), MemoryTest::nesterov);
  }

  private static ParameterOptimizer nesterov(GraphSession session) {
    return new SgdOptimizer(session, new Sgd(0.99, 3e-5, 12));
  }

  /** Closes the trainer. */
  private static void assertFlat(
      Trainer measured, Function<GraphSession, ParameterOptimizer> optimizer) {
    SplittableRandom random = new SplittableRandom(6);
    try (Trainer trainer = measured) {
      List<GraphSession> sessions = trainer.models().stream().map(TrainableModel::session).toList();
      List<ParameterOptimizer> optimizers = sessions.stream().map(optimizer).toList();
      for (int step = 0; step < FIRST; step++) {
        step(trainer, optimizers, batch(step, random));
      }
      List<Long> arrays = sessions.stream().map(GraphSession::arraysCreated).toList();
      long resident = Pointer.physicalBytes();
      for (int step = 0; step < STEPS; step++) {
        step(trainer, optimizers, batch(FIRST + step, random));
      }
      long grown = Pointer.physicalBytes() - resident;
      assertEquals(arrays, sessions.stream().map(GraphSession::arraysCreated).toList());
      assertTrue(grown < MOST_GROWTH, (grown >> 20) + " MiB more after " + STEPS + " steps");
    }
  }

  private static void step(
      Trainer trainer, List<ParameterOptimizer> optimizers, TensorBatch batch) {
    trainer.step(batch);
    optimizers.forEach(optimizer -> optimizer.step(1e-3));
    trainer.afterUpdate(batch.iteration());
  }
}
