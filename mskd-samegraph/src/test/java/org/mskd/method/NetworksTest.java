package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.Sampler;
import org.mskd.experiment.Adam;
import org.mskd.experiment.Blocks;
import org.mskd.experiment.FeatureTerms;
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
import org.mskd.option.OptionValues;
import org.mskd.prediction.SliceScorer;
import org.mskd.prediction.StudentScorer;
import org.mskd.prediction.TeachersScorer;
import org.mskd.training.BatchSource;
import org.mskd.training.FrozenNetwork;
import org.mskd.training.History;
import org.mskd.training.PrefetchedBatches;
import org.mskd.training.SliceSources;
import org.mskd.training.Trainer;
import org.mskd.training.TrainingLoop;

/** Teachers and a student on two organs that a hundred steps can learn. */
class NetworksTest {
  private static final int STEPS = 100;
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
          Adam.PLAIN,
          0);
  private static final int SIDE = TwoOrgans.SIDE;

  @TempDir Path folder;
  private Network network = new Network(4, 2, Normalization.INSTANCE);
  private long seed = 9;

  private List<Double> train(Trainer network, SliceSources sources, boolean labels) {
    List<Double> averages = new ArrayList<>();
    Sampler sampler = new Sampler(sources.pool(), BATCH, TRAINING.forcedSlots(), 5);
    BatchSource batches =
        new BatchSource(
            sources, sampler, Optional.empty(), Optional.empty(), labels ? 1 : 0, Optional.empty());
    try (History history = History.open(folder.resolve("history.jsonl"));
        PrefetchedBatches ahead = new PrefetchedBatches(batches, STEPS)) {
      new TrainingLoop(TRAINING, history, (done, of, loss) -> averages.add(loss))
          .train("test", network, ahead);
    }
    return averages;
  }

  private Model model(ModelKind kind, List<String> organs, Trainer network) {
    Path file = folder.resolve(kind + String.join("", organs) + ".mskd");
    ModelCard card =
        new ModelCard(
            kind,
            this.network,
            organs,
            TwoOrgans.PREPROCESSING,
            SIDE,
            1,
            new TreeMap<>(),
            List.of());
    ModelArchive.write(file, card, network.weights());
    return ModelArchive.read(file);
  }

  private Model teacher(SliceSources sources, int k) {
    SliceSources own = new SliceSources(List.of(TwoOrgans.own(sources, k)));
    try (GraphTrainer network =
        TeacherMethod.network(this.network, BATCH, SIDE, new WeightInit(k))) {
      List<Double> averages = train(network, own, true);
      assertTrue(averages.get(STEPS - 1) < 0.5 * averages.get(0), averages::toString);
      return model(ModelKind.TEACHER, List.of(TwoOrgans.ORGANS.get(k)), network);
    }
  }

  private static float[][] scores(SliceScorer scorer, float[] images) {
    try (scorer) {
      float[][] scores = new float[3][images.length];
      scorer.score(images, scorer.batch(), scores);
      return scores;
    }
  }

  @Test
  void aStudentLearnsBothOrgansFromTeachersThatStayAsTheyAre() {
    SliceSources sources = TwoOrgans.sources(folder);
    float[] images = TwoOrgans.images(sources);
    List<Model> teachers = List.of(teacher(sources, 0), teacher(sources, 1));
    List<FrozenNetwork> frozen =
        teachers.stream()
            .map(model -> new FrozenNetwork(model, BATCH, Optional.of(FeatureTerms.DEFAULT)))
            .toList();
    List<float[]> outputs = frozen.stream().map(network -> network.logits(images)).toList();
    Model untrained;
    Model student;
    MskdMethod method = new MskdMethod();
    OptionValues options = OptionValues.defaults(method.options());
    TrainingContext context =
        new TrainingContext(this.network, TwoOrgans.ORGANS, BATCH, SIDE, new WeightInit(seed));
    try (Trainer network =
        new ExtendedTrainer(
            method.trainer(context, options),
            new LiveTeachers(frozen, method.requires(options).teachers().orElseThrow()))) {
      untrained = model(ModelKind.STUDENT, TwoOrgans.ORGANS, network);
      List<Double> averages = train(network, sources, false);
      assertTrue(averages.get(STEPS - 1) < 0.3 * averages.get(0), averages::toString);
      for (int k = 0; k < 2; k++) {
        assertArrayEquals(
            outputs.get(k), frozen.get(k).logits(images), "teacher " + k + " changed");
      }
      student = model(ModelKind.STUDENT, TwoOrgans.ORGANS, network);
    }
    assertEquals(teachers.get(0).tensors().keySet(), student.tensors().keySet());
    float[][] before = scores(new StudentScorer(untrained, BATCH), images);
    float[][] after = scores(new StudentScorer(student, BATCH), images);
    float[][] merged = scores(new TeachersScorer(teachers, BATCH), images);
    for (int organ = 1; organ <= 2; organ++) {
      assertEquals(1, TwoOrgans.dice(images, merged, organ), 0.2, "teachers, organ " + organ);
      assertEquals(1, TwoOrgans.dice(images, after, organ), 0.2, "student, organ " + organ);
      double first = TwoOrgans.dice(images, before, organ);
      assertTrue(first < 0.6, "untrained " + first + " for organ " + organ);
    }
  }

  /** Features of both networks are the blocks' outputs, and a model predicts what was trained. */
  @Test
  void aStudentOfResidualBlocksLearnsThemToo() {
    network = new Network(4, 2, Normalization.INSTANCE).withBlocks(Blocks.RESIDUAL);
    seed = 10; // a hundred steps from the weights of 9 are too few for one of the organs
    aStudentLearnsBothOrgansFromTeachersThatStayAsTheyAre();
  }

  @Test
  void mergedTeachersScoreTheirOrgansMargin() {
    SliceSources sources = TwoOrgans.sources(folder);
    float[] images = TwoOrgans.images(sources);
    List<Model> teachers = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      try (GraphTrainer network =
          TeacherMethod.network(this.network, BATCH, SIDE, new WeightInit(k))) {
        teachers.add(model(ModelKind.TEACHER, List.of(TwoOrgans.ORGANS.get(k)), network));
      }
    }
    float[][] merged = scores(new TeachersScorer(teachers, BATCH), images);
    assertArrayEquals(new float[images.length], merged[0]);
    for (int k = 0; k < 2; k++) {
      try (FrozenNetwork network = new FrozenNetwork(teachers.get(k), BATCH)) {
        float[] logits = network.logits(images);
        for (int i = 0; i < images.length; i++) {
          assertEquals(logits[2 * i + 1] - logits[2 * i], merged[k + 1][i], "at " + i);
        }
      }
    }
  }
}
