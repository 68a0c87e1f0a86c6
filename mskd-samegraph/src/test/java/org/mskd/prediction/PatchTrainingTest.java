package org.mskd.prediction;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.Augmentation;
import org.mskd.dataset.Patches;
import org.mskd.dataset.Sampler;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preset;
import org.mskd.experiment.Training;
import org.mskd.graph.WeightInit;
import org.mskd.method.GraphTrainer;
import org.mskd.method.TeacherMethod;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.training.BatchSource;
import org.mskd.training.History;
import org.mskd.training.NetworkWeights;
import org.mskd.training.PrefetchedBatches;
import org.mskd.training.SliceSources;
import org.mskd.training.SmallData;
import org.mskd.training.Source;
import org.mskd.training.TrainingLoop;

/** A network that was trained on squares of 8 only finds its organ in slices of 16. */
class PatchTrainingTest {
  private static final Network NETWORK = new Network(4, 2, Normalization.INSTANCE);
  private static final int PATCH = 8;
  private static final Training TRAINING =
      new Training(
          4,
          80,
          1,
          1e-2,
          0.5,
          PATCH,
          Preset.NNUNET.training().schedule(),
          Preset.NNUNET.training().optimizer(),
          0.5);

  @TempDir Path folder;

  @Test
  void learnsFromPatchesAndPredictsFromTiles() {
    SliceStore store = SmallData.store(folder, "organ", 5);
    SliceSources sources = new SliceSources(List.of(Source.of("organ", 1, List.of(store))));
    BatchSource batches =
        new BatchSource(
            sources,
            new Sampler(sources.pool(), TRAINING.batchSize(), TRAINING.forcedSlots(), 1),
            Optional.of(new Augmentation(1, TRAINING.augmentationStrength())),
            Optional.of(new Patches(PATCH, sources.size(), 1)),
            1,
            Optional.empty());
    float[] images = new float[SmallData.SLICES * SmallData.SIDE * SmallData.SIDE];
    for (int slice = 0; slice < SmallData.SLICES; slice++) {
      store.image(slice, images, slice * SmallData.SIDE * SmallData.SIDE);
    }
    double dice = dice(images, scores(trained(batches), images));
    assertTrue(dice > 0.7, "Dice " + dice);
  }

  private Model trained(BatchSource batches) {
    try (History history = History.open(folder.resolve("history.jsonl"));
        PrefetchedBatches ahead = new PrefetchedBatches(batches, TRAINING.iterations());
        GraphTrainer network =
            TeacherMethod.network(NETWORK, TRAINING.batchSize(), PATCH, new WeightInit(1))) {
      new TrainingLoop(TRAINING, history, (done, of, loss) -> {}).train("test", network, ahead);
      ModelCard card =
          new ModelCard(
              ModelKind.TEACHER,
              NETWORK,
              List.of("organ"),
              SmallData.PREPROCESSING,
              PATCH,
              1,
              new TreeMap<>(),
              List.of());
      return new Model(
          card,
          NetworkWeights.of(network.session()).stream()
              .collect(Collectors.toMap(Tensor::name, t -> t, (a, b) -> a, TreeMap::new)),
          "");
    }
  }

  private static float[][] scores(Model model, float[] images) {
    float[][] scores = new float[2][images.length];
    try (TeachersScorer scorer = new TeachersScorer(List.of(model), SmallData.SLICES)) {
      scorer.score(images, SmallData.SLICES, scores);
    }
    return scores;
  }

  private static double dice(float[] images, float[][] scores) {
    int both = 0;
    int either = 0;
    for (int i = 0; i < images.length; i++) {
      boolean organ = images[i] > 0;
      boolean found = scores[1][i] > scores[0][i];
      both += organ && found ? 2 : 0;
      either += (organ ? 1 : 0) + (found ? 1 : 0);
    }
    return both / (double) either;
  }
}
