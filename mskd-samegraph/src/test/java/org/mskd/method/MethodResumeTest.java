package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.architecture.Architecture;
import org.mskd.dataset.Sampler;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Blocks;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Training;
import org.mskd.graph.WeightInit;
import org.mskd.graph.kernel.HostFloats;
import org.mskd.model.Tensor;
import org.mskd.model.WeightShapes;
import org.mskd.option.OptionValues;
import org.mskd.training.AveragedTrainer;
import org.mskd.training.BatchSource;
import org.mskd.training.CheckpointFolder;
import org.mskd.training.Checkpointing;
import org.mskd.training.History;
import org.mskd.training.NetworkWeights;
import org.mskd.training.PrefetchedBatches;
import org.mskd.training.SliceSources;
import org.mskd.training.TensorBatch;
import org.mskd.training.TrainableModel;
import org.mskd.training.Trainer;
import org.mskd.training.TrainingCancelled;
import org.mskd.training.TrainingLoop;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A training of any method that ends at a random iteration and is resumed by a new trainer ends
 * with the bytes of one that was not interrupted. {@code -Dmskd.test.seed} sets the seed.
 */
class MethodResumeTest {
  private static final int STEPS = 8;
  private static final int BATCH = 4;
  private static final Training TRAINING =
      new Training(
          BATCH,
          STEPS,
          1,
          1e-2,
          0.5,
          0,
          new Plateau(0.8, 0, 1e-3, PlateauSignal.EPOCH),
          Adam.NNUNET,
          0);

  private Network network = new Network(4, 2, Normalization.INSTANCE);

  /** Steps of the whole training, as a method knows them. */
  private int length = STEPS;

  private boolean deep;

  private TrainingContext context(Neighbours neighbours) {
    TrainingContext context =
        new TrainingContext(
            network.withNeighbours(neighbours),
            TwoOrgans.ORGANS,
            BATCH,
            TwoOrgans.SIDE,
            new WeightInit(9),
            length,
            TRAINING.forcedSlots(),
            List.of(0.07, 0.07));
    return deep ? context.supervisedDeeply() : context;
  }

  /** So that everything that changes during a training changes within these few steps. */
  private static final Map<String, Map<String, String>> OPTIONS =
      Map.of(
          "co-training", Map.of("rampUp", "6", "averageDecay", "0.3"),
          "mskd", Map.of("featureWeight", "0", "cutMix", "0.6", "labelWeight", "0.5"),
          "ltuda", Map.of("alignmentStart", "0.4", "averageDecay", "0.3", "prototypeDecay", "0.6"),
          "pann", Map.of("warmUp", "0.4", "priorWeight", "1", "meanMomentum", "0.6"));

  @TempDir Path folder;

  /** Methods that do not compare features, which {@link ThresholdTeachers} do not have. */
  static Stream<TrainingMethod> methods() {
    return Methods.installed().students().stream()
        .filter(
            method ->
                method
                    .requires(options(method))
                    .teachers()
                    .flatMap(TeacherRequirement::features)
                    .isEmpty());
  }

  private static OptionValues options(TrainingMethod method) {
    return OptionValues.of(
        method.options(), new TreeMap<>(OPTIONS.getOrDefault(method.id(), Map.of())));
  }

  /** Adds teachers that predict bright and dark pixels. */
  private static final class ThresholdTeachers implements BatchExtension {
    @Override
    public TensorBatch extend(TensorBatch batch) {
      float[] images = HostFloats.copy(batch.get(TensorBatch.IMAGE));
      int channels = (int) batch.get(TensorBatch.IMAGE).size(3);
      float[] margins = new float[2 * images.length / channels];
      for (int i = 0; i < margins.length / 2; i++) {
        float value = images[i * channels + channels / 2];
        margins[2 * i] = 8 * value - 4;
        margins[2 * i + 1] = -8 * value - 4;
      }
      long[] shape = {BATCH, TwoOrgans.SIDE, TwoOrgans.SIDE, 2};
      Map<String, org.nd4j.linalg.api.ndarray.INDArray> more = new HashMap<>();
      more.put(TensorBatch.MARGINS, Nd4j.create(margins, shape, 'c'));
      return batch.with(more);
    }
  }

  /** All that a training ends with: result, parameters of all models, state. */
  private List<Tensor> train(
      TrainingMethod method, SliceSources sources, String name, IntPredicate endsAfter) {
    CheckpointFolder kept = new CheckpointFolder(folder.resolve(name), "inputs");
    int[] done = {0};
    Checkpointing checkpointing =
        new Checkpointing(
            kept, STEPS + 1, kept.newest(warning -> {}), () -> endsAfter.test(done[0]));
    int first = checkpointing.first();
    done[0] = first;
    Sampler sampler = new Sampler(sources.pool(), BATCH, TRAINING.forcedSlots(), 5);
    BatchSource batches =
        new BatchSource(
            sources,
            sampler,
            Optional.empty(),
            Optional.empty(),
            TwoOrgans.ORGANS.size(),
            Optional.empty());
    try (Trainer trainer =
            new ExtendedTrainer(
                AveragedTrainer.of(
                    method.trainer(context(sources.neighbours()), options(method)), 0.3),
                new ThresholdTeachers());
        History history =
            History.open(
                folder.resolve(name + ".jsonl"), folder.resolve("failed.jsonl"), checkpointing);
        PrefetchedBatches ahead = new PrefetchedBatches(batches, first, STEPS)) {
      new TrainingLoop(
              TRAINING, history, (step, of, loss) -> done[0] = step, Optional.of(checkpointing))
          .train(name, trainer, ahead);
      history.finish();
      List<Tensor> all = new ArrayList<>(trainer.weights());
      for (TrainableModel model : trainer.models()) {
        all.addAll(NetworkWeights.of(model.session()));
      }
      all.addAll(trainer.state());
      return all;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mskd", "marginal"})
  void endsWithTheSameBytesInResidualBlocks(String method) {
    network = new Network(4, 2, Normalization.INSTANCE).withBlocks(Blocks.RESIDUAL);
    endsWithTheSameBytes(Methods.installed().named(method));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mskd", "supervised"})
  void withAuxiliaryOutputsToo(String method) {
    deep = true;
    network = new Network(4, 3, Normalization.INSTANCE);
    endsWithTheSameBytes(Methods.installed().named(method));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void endsWithTheSameBytes(TrainingMethod method) {
    endsWithTheSameBytes(method, Neighbours.NONE);
  }

  /** The slices are 5 mm apart. */
  @ParameterizedTest
  @MethodSource("methods")
  void withNeighboursToo(TrainingMethod method) {
    endsWithTheSameBytes(method, new Neighbours(1, 4));
  }

  /** Where it does not, a finished training is continued to a longer one. */
  @ParameterizedTest
  @MethodSource("methods")
  void theFirstStepsDependOnTheNumberOfAllWhereAMethodSaysSo(TrainingMethod method) {
    SliceSources sources = new SliceSources(TwoOrgans.sources(folder).sources(), Neighbours.NONE);
    List<Tensor> ofShort = train(method, sources, "short", done -> false);
    length = 2 * STEPS;
    List<Tensor> ofLong = train(method, sources, "long", done -> false);
    assertEquals(method.dependsOnLength(options(method)), !ofShort.equals(ofLong));
  }

  private void endsWithTheSameBytes(TrainingMethod method, Neighbours neighbours) {
    long seed = Long.getLong("mskd.test.seed", new SplittableRandom().nextLong());
    int end = new SplittableRandom(seed).nextInt(1, STEPS);
    SliceSources sources = new SliceSources(TwoOrgans.sources(folder).sources(), neighbours);
    List<Tensor> expected = train(method, sources, "undisturbed", done -> false);
    assertThrows(
        TrainingCancelled.class, () -> train(method, sources, "resumed", done -> done == end));
    List<Tensor> found = train(method, sources, "resumed", done -> false);
    Architecture architecture =
        method.architecture(network.withNeighbours(neighbours), TwoOrgans.ORGANS.size());
    assertEquals(neighbours.channels(), architecture.inputChannels());
    SortedMap<String, Tensor> weights = new TreeMap<>();
    found.subList(0, architecture.parameters().size()).forEach(one -> weights.put(one.name(), one));
    assertEquals(Optional.empty(), new WeightShapes(architecture).objection(weights));
    String message = "%s, seed %d, ended after %d".formatted(method.id(), seed, end);
    assertEquals(expected.size(), found.size(), message);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), found.get(i), message + ", " + expected.get(i).name());
    }
  }
}
