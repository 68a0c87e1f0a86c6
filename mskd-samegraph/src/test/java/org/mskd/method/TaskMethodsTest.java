package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.architecture.Architecture;
import org.mskd.dataset.Sampler;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Training;
import org.mskd.graph.WeightInit;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Tensor;
import org.mskd.option.OptionValues;
import org.mskd.prediction.SliceScorer;
import org.mskd.prediction.StudentScorer;
import org.mskd.problem.BadInputException;
import org.mskd.training.BatchSource;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.History;
import org.mskd.training.PrefetchedBatches;
import org.mskd.training.SliceSources;
import org.mskd.training.Trainer;
import org.mskd.training.TrainingLoop;

/**
 * Methods whose network has the organ as an input, on two organs that a hundred steps can learn.
 */
class TaskMethodsTest {
  private static final Network NETWORK = new Network(4, 2, Normalization.INSTANCE);
  private static final int STEPS = 70;
  private static final int BATCH = 4;
  private static final int SIDE = TwoOrgans.SIDE;
  @TempDir Path folder;

  private static Training training(int steps) {
    return new Training(
        BATCH,
        steps,
        1,
        1e-2,
        0.5,
        0,
        new Plateau(0.8, 0, 1e-3, PlateauSignal.EPOCH),
        Adam.PLAIN,
        0);
  }

  private static Trainer trainer(String id) {
    TrainingMethod method = Methods.installed().named(id);
    TrainingContext context =
        new TrainingContext(NETWORK, TwoOrgans.ORGANS, BATCH, SIDE, new WeightInit(9));
    return method.trainer(context, OptionValues.defaults(method.options()));
  }

  private List<Double> train(Trainer network, SliceSources sources, int steps) {
    List<Double> averages = new ArrayList<>();
    Sampler sampler = new Sampler(sources.pool(), BATCH, training(steps).forcedSlots(), 5);
    BatchSource batches =
        new BatchSource(sources, sampler, Optional.empty(), Optional.empty(), 2, Optional.empty());
    try (History history = History.open(folder.resolve("history.jsonl"));
        PrefetchedBatches ahead = new PrefetchedBatches(batches, steps)) {
      new TrainingLoop(training(steps), history, (done, of, loss) -> averages.add(loss))
          .train("test", network, ahead);
    }
    return averages;
  }

  private static ModelCard card(String id) {
    Architecture architecture = Methods.installed().named(id).architecture(NETWORK, 2);
    return new ModelCard(
        ModelKind.STUDENT,
        architecture,
        TwoOrgans.ORGANS,
        TwoOrgans.PREPROCESSING,
        SIDE,
        1,
        new TreeMap<>(),
        List.of());
  }

  private static Model model(ModelCard card, List<Tensor> weights) {
    SortedMap<String, Tensor> byName =
        weights.stream().collect(Collectors.toMap(Tensor::name, t -> t, (a, b) -> a, TreeMap::new));
    return new Model(card, byName, "");
  }

  private static float[][] scores(Model model, float[] images) {
    try (SliceScorer scorer = new StudentScorer(model, BATCH)) {
      assertEquals(3, scorer.classes());
      float[][] scores = new float[3][images.length];
      scorer.score(images, scorer.batch(), scores);
      return scores;
    }
  }

  /**
   * Trained on labels of one organ a data set, it segments that organ there. (It is not trained for
   * that organ on the other set's scan.)
   */
  @ParameterizedTest
  @ValueSource(strings = {"conditional", "dodnet"})
  void itLearnsItsOrgansAndIsReadBackAsItWas(String id) {
    SliceSources sources = TwoOrgans.sources(folder);
    float[] images = TwoOrgans.images(sources);
    try (Trainer network = trainer(id)) {
      List<Double> averages = train(network, sources, STEPS);
      assertTrue(averages.get(STEPS - 1) < 0.5 * averages.get(0), averages::toString);
      float[][] after = scores(model(card(id), network.weights()), images);
      assertArrayEquals(new float[images.length], after[0]);
      for (int organ = 1; organ <= 2; organ++) {
        assertEquals(1, ownDice(images, after[organ], organ), 0.2, "organ " + organ);
      }
      Path file = folder.resolve("student.mskd");
      ModelArchive.write(file, card(id), network.weights());
      float[][] back = scores(ModelArchive.read(file), images);
      for (int c = 0; c < 3; c++) {
        assertArrayEquals(after[c], back[c], "class " + c);
      }
    }
  }

  /** Of the pixels whose logit is above 0, in the two slices of the organ's own data set. */
  private static double ownDice(float[] images, float[] logits, int organ) {
    int both = 0;
    int either = 0;
    int half = images.length / 2;
    for (int i = (organ - 1) * half; i < organ * half; i++) {
      boolean truth = organ == 1 ? images[i] > 0.5 : images[i] < -0.5;
      boolean found = logits[i] > 0;
      both += truth && found ? 2 : 0;
      either += (truth ? 1 : 0) + (found ? 1 : 0);
    }
    return both / (double) either;
  }

  /** Two trainings are equal to the bit. */
  @ParameterizedTest
  @ValueSource(strings = {"conditional", "dodnet"})
  void trainingIsReproducible(String id) {
    SliceSources sources = TwoOrgans.sources(folder);
    try (Trainer one = trainer(id);
        Trainer other = trainer(id)) {
      assertEquals(train(one, sources, 5), train(other, sources, 5));
      assertEquals(one.weights(), other.weights());
    }
  }

  @Test
  void passesHeadsAndParametersOfTheScorers() {
    for (String id : List.of("conditional", "dodnet", "marginal")) {
      try (Trainer network = trainer(id);
          SliceScorer scorer = new StudentScorer(model(card(id), network.weights()), BATCH)) {
        assertEquals(id.equals("conditional") ? 2 : 1, scorer.passes(), id);
        assertEquals(id.equals("dodnet") ? 2 : 1, scorer.heads(), id);
        long values = network.weights().stream().mapToLong(t -> t.values().length).sum();
        assertEquals(values, scorer.parameters(), id);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"conditional", "dodnet"})
  void theBackgroundScoresNothingAndOrgansDiffer(String id) {
    try (Trainer network = trainer(id);
        FrozenNetwork frozen = new FrozenNetwork(model(card(id), network.weights()), 1)) {
      float[] images = new float[SIDE * SIDE];
      float[] all = frozen.logits(images);
      assertEquals(3 * images.length, all.length);
      for (int i = 0; i < images.length; i++) {
        assertEquals(0, all[3 * i]);
      }
      assertTrue(all[1] != all[2], "organs differ");
    }
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    try (Trainer network = trainer("dodnet")) {
      Model wrong = model(card("conditional"), network.weights());
      BadInputException e =
          assertThrows(BadInputException.class, () -> new StudentScorer(wrong, BATCH));
      assertTrue(e.problem().contains("controller"), e.problem());
    }
  }
}
