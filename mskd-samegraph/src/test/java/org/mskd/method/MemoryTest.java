package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.graph.WeightInit;
import org.mskd.graph.runtime.GraphSession;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.option.OptionValues;
import org.mskd.training.AdamOptimizer;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.NetworkWeights;
import org.mskd.training.TensorBatch;
import org.mskd.training.Trainer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A step's arrays, about 40 MB with both teachers, are used again by the next one. If they were
 * left to the garbage collector, as SameDiff leaves them, thirty steps would take over a gigabyte.
 */
class MemoryTest {
  private static final Network NETWORK = new Network(8, 2, Normalization.INSTANCE);
  private static final Preprocessing SLICES = new Preprocessing(96, -125, 275, List.of());
  private static final int BATCH = 2;
  private static final int STEPS = 30;
  private static final long MOST_GROWTH = 256L << 20;

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

  private static TensorBatch batch(SplittableRandom random) {
    int size = SLICES.sliceSize();
    float[] images = new float[BATCH * size * size];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) (2 * random.nextDouble() - 1);
    }
    return new TensorBatch(
        0,
        Map.of(TensorBatch.IMAGE, Nd4j.create(images, new long[] {BATCH, size, size, 1}, 'c')),
        List.of());
  }

  @Test
  void staysFlatOverManySteps() {
    List<FrozenNetwork> teachers = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      teachers.add(new FrozenNetwork(teacher(k), BATCH, Optional.of(FeatureTerms.DEFAULT)));
    }
    SplittableRandom random = new SplittableRandom(6);
    MskdMethod method = new MskdMethod();
    OptionValues options = OptionValues.defaults(method.options());
    TrainingContext context =
        new TrainingContext(
            NETWORK, List.of("o0", "o1"), BATCH, SLICES.sliceSize(), new WeightInit(3));
    try (Trainer network =
        new ExtendedTrainer(
            method.trainer(context, options),
            new LiveTeachers(teachers, method.requires(options).teachers().orElseThrow()))) {
      GraphSession session = network.models().get(0).session();
      AdamOptimizer optimizer = new AdamOptimizer(session);
      for (int step = 0; step < 5; step++) {
        network.step(batch(random));
        optimizer.step(1e-3);
      }
      long arrays = session.arraysCreated();
      long resident = Pointer.physicalBytes();
      for (int step = 0; step < STEPS; step++) {
        network.step(batch(random));
        optimizer.step(1e-3);
      }
      long grown = Pointer.physicalBytes() - resident;
      assertEquals(arrays, session.arraysCreated());
      assertTrue(grown < MOST_GROWTH, (grown >> 20) + " MiB more after " + STEPS + " steps");
    }
  }
}
