package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.Sampler;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Training;
import org.mskd.graph.WeightInit;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.prediction.StudentScorer;
import org.mskd.prediction.TeachersScorer;
import org.mskd.training.BatchSource;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.History;
import org.mskd.training.NetworkWeights;
import org.mskd.training.PrefetchedBatches;
import org.mskd.training.SliceSources;
import org.mskd.training.SmallData;
import org.mskd.training.TrainableNetwork;
import org.mskd.training.TrainingLoop;

/** Teachers and a student on two organs that a few dozen steps can learn. */
class NetworksTest {
  private static final Network NETWORK = new Network(4, 2, Normalization.INSTANCE);
  private static final int STEPS = 60;
  private static final Training TRAINING = new Training(4, STEPS, 1, 1e-2, 0.5, 0.8, 1e-3, false);
  private static final int SIDE = SmallData.SIDE;

  @TempDir Path folder;

  private List<Double> train(TrainableNetwork network, SliceSources sources, boolean labels) {
    List<Double> losses = new ArrayList<>();
    BatchSource batches =
        new BatchSource(
            sources,
            new Sampler(sources.pool(), 4, TRAINING.forcedSlots(), 5),
            Optional.empty(),
            labels);
    try (History history = History.open(folder.resolve("history.jsonl"));
        PrefetchedBatches ahead = new PrefetchedBatches(batches, STEPS)) {
      new TrainingLoop(TRAINING, history, (done, of, loss) -> losses.add(loss))
          .train("test", network, ahead);
    }
    return losses;
  }

  private Model model(ModelKind kind, List<String> organs, TrainableNetwork network) {
    Path file = folder.resolve(kind + String.join("", organs) + ".mskd");
    ModelCard card =
        new ModelCard(
            kind, NETWORK, organs, SmallData.PREPROCESSING, 1, new TreeMap<>(), List.of());
    ModelArchive.write(file, card, NetworkWeights.of(network.session()));
    return ModelArchive.read(file);
  }

  private Model teacher(SliceSources sources, int k, String organ) {
    SliceSources own = new SliceSources(List.of(sources.stores().get(k)));
    try (TeacherNetwork network = new TeacherNetwork(NETWORK, 4, SIDE, new WeightInit(k))) {
      List<Double> losses = train(network, own, true);
      assertTrue(losses.get(STEPS - 1) < 0.5 * losses.get(0), losses::toString);
      return model(ModelKind.TEACHER, List.of(organ), network);
    }
  }

  @Test
  void aStudentLearnsBothOrgansFromTeachersThatStayAsTheyAre() throws Exception {
    SliceSources sources = SmallData.sources(folder);
    List<Model> teachers = List.of(teacher(sources, 0, "one"), teacher(sources, 1, "two"));
    float[] images = organSlices(sources);
    byte[] before = Files.readAllBytes(folder.resolve("TEACHERone.mskd"));
    List<FrozenNetwork> frozen =
        teachers.stream().map(model -> new FrozenNetwork(model, 4, OptionalInt.of(1))).toList();
    float[] said = frozen.get(0).logits(images);
    Model student;
    try (StudentNetwork network =
        new StudentNetwork(
            NETWORK,
            List.of("one", "two"),
            frozen,
            Distillation.DEFAULT,
            4,
            SIDE,
            new WeightInit(9))) {
      List<Double> losses = train(network, sources, false);
      assertTrue(losses.get(STEPS - 1) < 0.3 * losses.get(0), losses::toString);
      assertArrayEquals(said, frozen.get(0).logits(images), "a teacher changed");
      student = model(ModelKind.STUDENT, List.of("one", "two"), network);
    }
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("TEACHERone.mskd")));
    assertEquals(teachers.get(0).tensors().keySet(), student.tensors().keySet());

    float[][] merged = new float[3][4 * SIDE * SIDE];
    float[][] own = new float[3][4 * SIDE * SIDE];
    try (TeachersScorer teachersScorer = new TeachersScorer(teachers, 4);
        StudentScorer studentScorer = new StudentScorer(student, 4)) {
      assertEquals(2, teachersScorer.passes());
      assertEquals(1, studentScorer.passes());
      teachersScorer.score(images, merged);
      studentScorer.score(images, own);
      FrozenNetwork first = new FrozenNetwork(teachers.get(0), 4);
      float[] logits = first.logits(images);
      first.close();
      for (int i = 0; i < merged[0].length; i++) {
        assertEquals(0f, merged[0][i]);
        assertEquals(logits[2 * i + 1] - logits[2 * i], merged[1][i]);
      }
    }
    // Where the square of organ "one" or "two" is, both say so; the corner is background.
    for (float[][] scores : List.of(merged, own)) {
      assertEquals(1, best(scores, 0, 4, 4));
      assertEquals(2, best(scores, 1, 11, 11));
      assertEquals(0, best(scores, 0, 0, 15));
    }
  }

  /** Slot 0 shows organ "one", slot 1 organ "two", the others nothing. */
  private static float[] organSlices(SliceSources sources) {
    float[] images = new float[4 * SIDE * SIDE];
    sources.stores().get(0).get(0).image(2, images, 0);
    sources.stores().get(1).get(0).image(2, images, SIDE * SIDE);
    sources.stores().get(0).get(0).image(0, images, 2 * SIDE * SIDE);
    sources.stores().get(0).get(0).image(0, images, 3 * SIDE * SIDE);
    return images;
  }

  private static int best(float[][] scores, int slot, int x, int y) {
    int at = (slot * SIDE + y) * SIDE + x;
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      best = scores[c][at] > scores[best][at] ? c : best;
    }
    return best;
  }
}
