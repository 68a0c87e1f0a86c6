package org.mskd.export.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mskd.evaluation.CaseScores.absent;
import static org.mskd.evaluation.CaseScores.falsePositive;
import static org.mskd.evaluation.CaseScores.found;
import static org.mskd.evaluation.CaseScores.missed;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.architecture.UNet2d;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.evaluation.ModelCost;
import org.mskd.evaluation.ModelScore;
import org.mskd.experiment.Adam;
import org.mskd.experiment.AugmentationKind;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.Schedule;
import org.mskd.experiment.Sgd;
import org.mskd.experiment.Training;
import org.mskd.export.CheckResult;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;

class ModelCardMarkdownTest {
  private static final Network NETWORK = new Network(4, 2, Normalization.INSTANCE);

  @TempDir Path folder;

  private static ModelCard card(ModelKind kind, String... organs) {
    return card(kind, Training.DEFAULT, organs);
  }

  private static ModelCard card(ModelKind kind, Training training, String... organs) {
    return trained(ExperimentJson.write(training), kind, organs);
  }

  private static ModelCard trained(String training, ModelKind kind, String... organs) {
    return new ModelCard(
        kind,
        UNet2d.of(NETWORK, organs.length + 1),
        List.of(organs),
        new Preprocessing(64, -125, 275.5, List.of(1.5, 5.0)),
        32,
        2021,
        new TreeMap<>(
            Map.of("method", "mskd", "options", "{\"overlap\":\"sum\"}", "training", training)),
        List.of(Map.of("voxelDigest", "abc"), Map.of("voxelDigest", "def")));
  }

  /** Liver .9 and .8 and .7; spleen .5, missed, and where there is none. */
  private CardScores scores(boolean merged) {
    Path file = folder.resolve("scores.json");
    MetricsFile.write(
        file,
        new Metrics(
            "hospital-test",
            2,
            List.of(
                ModelScore.of(
                    "mskd",
                    new ModelCost(1, 1, 1000),
                    List.of(
                        found("patient1", "liver", 0.9, 4, 1),
                        found("patient2", "liver", 0.8, 6, 2),
                        found("patient3", "liver", 0.7, 5, 2),
                        found("patient1", "spleen", 0.5, 12, 3),
                        missed("patient2", "spleen"),
                        falsePositive("patient3", "spleen", 7)),
                    1))));
    return new CardScores(MetricsFile.read(file), merged);
  }

  private static ExportedModel exported(
      ModelCard card,
      List<TrainingSet> sets,
      boolean phantoms,
      Optional<CardScores> scores,
      Optional<CheckResult> check) {
    return new ExportedModel(
        "mine", card, "mine.onnx", 1234, "0f0f", "a1a1", sets, phantoms, scores, check);
  }

  private static void assertHas(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), part + " is not in\n" + text);
    }
  }

  @Test
  void scoresAreMeansWithIntervalsAndMissesByOrgan() {
    String text =
        ModelCardMarkdown.text(
            List.of(
                exported(
                    card(ModelKind.STUDENT, "liver", "spleen", "kidney"),
                    List.of(),
                    false,
                    Optional.of(scores(false)),
                    Optional.empty())),
            "1.2");
    assertHas(
        text,
        "Test set `hospital-test`.",
        "| organ | cases | Dice | surface Dice, 2 mm | HD95, mm | missed | false positive |",
        // Two spleens: Dice .5 and 0; 12 mm and the diagonal, 500 mm.
        "| spleen | 2 | 0.250 (0.000 to 0.500) | 0.375 (0.000 to 0.750) | 256.0 (12.0 to 500.0) | 1"
            + " | 1 |",
        "| kidney | 0 | - | - | - | - | - |",
        "It was scored on 3 scans.",
        "Missed: spleen in 1 of 2.");
    // Of three values the interval's limits may lie within them.
    assertTrue(
        text.lines()
            .anyMatch(
                line ->
                    line.matches(
                        "\\| liver \\| 3 \\| 0\\.800 \\(0\\.7\\d\\d to 0\\.[89]\\d\\d\\) \\|"
                            + " 0\\.750 \\(0\\.750 to 0\\.750\\) \\| 5\\.0 \\(.*\\) \\| 0 \\| 0"
                            + " \\|")),
        text);
    assertFalse(text.matches("(?s).*patient\\d.*"), "names of cases");
    assertFalse(text.contains("merged"), text);
  }

  @Test
  void settingsAndCountsAreThoseOfTheModel() {
    CheckResult check = new CheckResult("9.8", 40, 0.0002, 4, 0, 0);
    String text =
        ModelCardMarkdown.text(
            List.of(
                exported(
                    card(ModelKind.STUDENT, "liver", "spleen"),
                    List.of(new TrainingSet("liver", 31), new TrainingSet("spleen", 17)),
                    false,
                    Optional.empty(),
                    Optional.of(check))),
            "1.2");
    assertHas(
        text,
        "exported by mskd 1.2:",
        "- `mine.onnx`: liver, spleen\n",
        "## mine\n",
        "not a medical device",
        "| method | mskd |",
        "| options of the method | `{\"overlap\":\"sum\"}` |",
        "4 base channels, 2 downsamplings, normalization `instance`",
        "| seed | 2021 |",
        "| training | 1000 iterations of 4 slices, Adam, initial learning rate 0.0003, augmentation"
            + " |",
        "patches of 32 x 32 pixels of slices of 64 x 64",
        "| liver | 31 |",
        "| spleen | 17 |",
        "| all that this network was trained on | 2 |",
        "There are no scores of this network",
        "It was trained on 2 scans.",
        "Intensities below -125 HU and above 275.5 HU are clipped.",
        "| input | `image`, 32-bit floats [batch, 1, 32, 32] |",
        "| output | `logits`, 32-bit floats [batch, 3, 32, 32] |",
        "| channels | 0 background, 1 liver, 2 spleen |",
        "target spacing 1.5, 5 mm",
        "| length | 1234 bytes |",
        "`0f0f`",
        "`a1a1`",
        "ONNX Runtime 9.8: largest difference 5.0e-05 of the logits' standard deviation on 40"
            + " slices, all labels equal");
    assertFalse(text.contains("phantoms"), text);
  }

  @Test
  void neighboursAreNamed() {
    assertHas(
        ofNeighbours(Neighbours.NONE),
        "Each slice is segmented by itself, without its neighbours.",
        "| input in training | whole slices of 64 x 64 pixels |");
    assertHas(
        ofNeighbours(new Neighbours(1, 2.5)),
        "| input in training | whole slices of 64 x 64 pixels, with 1 neighbour on each side, 2.5"
            + " mm apart |",
        "| input | `image`, 32-bit floats [batch, 3, 64, 64] |",
        "| input channels | from feet to head: 1 neighbour, the slice itself, 1 neighbour; 2.5 mm"
            + " apart; beyond the scan its end slice is repeated |",
        "- Each slice is segmented with 1 neighbour on each side, 2.5 mm apart. Nothing else of the"
            + " scan is known to the network.\n");
    assertHas(
        ofNeighbours(new Neighbours(3, 0)),
        "[batch, 7, 64, 64]",
        "3 neighbours on each side, the adjacent slices.");
  }

  private static String ofNeighbours(Neighbours neighbours) {
    ModelCard card =
        new ModelCard(
            ModelKind.STUDENT,
            NETWORK.withNeighbours(neighbours),
            List.of("liver"),
            new Preprocessing(64, -125, 275.5, List.of()),
            64,
            2021,
            new TreeMap<>(),
            List.of());
    return ModelCardMarkdown.text(
        List.of(exported(card, List.of(), false, Optional.empty(), Optional.empty())), "1.2");
  }

  @Test
  void phantomsAndMergedTeachersAreNamed() {
    String text =
        ModelCardMarkdown.text(
            List.of(
                exported(
                    card(ModelKind.TEACHER, "spleen"),
                    List.of(),
                    true,
                    Optional.of(scores(true)),
                    Optional.empty())),
            "1.2");
    assertHas(
        text,
        "| kind | teacher |",
        "All scans are phantoms",
        "Its scores say nothing about CT of people.",
        "the scores of all teachers merged",
        "| check | not checked |");
    assertFalse(text.contains("| liver |"), "an organ of another teacher");
    assertFalse(text.contains("mean over the organs"), text);
  }

  private static String textOf(String training) {
    ModelCard card = trained(training, ModelKind.STUDENT, "liver");
    return ModelCardMarkdown.text(
        List.of(exported(card, List.of(), false, Optional.empty(), Optional.empty())), "1");
  }

  @Test
  void scheduleAndOptimizerAreNamed() {
    Training training = Training.DEFAULT.with(new Schedule.Cosine()).with(new Sgd(0.9, 0, 0));
    assertHas(
        textOf(ExperimentJson.write(training)),
        "1000 iterations of 4 slices, SGD with Nesterov momentum 0.9, initial learning rate 0.0003,"
            + " cosine schedule, augmentation |");
    assertHas(
        textOf(ExperimentJson.write(Training.DEFAULT.with(new Schedule.Polynomial()))),
        "Adam, initial learning rate 0.0003, polynomial schedule, augmentation |");
    assertHas(
        textOf(
            ExperimentJson.write(
                Training.DEFAULT.toBuilder().warmupIterations(20).weightAverage(0.99).build())),
        "Adam, warm-up of 20 iterations to the learning rate 0.0003, augmentation, moving average"
            + " of the weights with a decay of 0.99 |");
    assertHas(
        textOf(ExperimentJson.write(Training.DEFAULT.toBuilder().deepSupervision(true).build())),
        "augmentation, deep supervision |");
  }

  /** As versions wrote it that had one schedule and one optimizer. */
  @Test
  void theRecordOfAnEarlierVersionIsRead() {
    assertHas(
        textOf(
            "{\"adam\":{\"amsgrad\":true,\"gradientClipping\":0.0,\"weightDecay\":3.0E-5},"
                + "\"annotatedFraction\":0.33,\"augmentationStrength\":0.0,\"batchSize\":2,"
                + "\"epochs\":3,\"iterationsPerEpoch\":5,\"learningRate\":0.001,\"patchSize\":0,"
                + "\"plateau\":{\"factor\":0.8,\"patience\":0,\"signal\":\"EPOCH\",\"threshold\":0.001}}"),
        "| training | 15 iterations of 2 slices, Adam, initial learning rate 0.001, no augmentation"
            + " |");
  }

  /** A card of another program, and an organ that is absent from all cases. */
  @Test
  void whatIsNotRecordedIsNamed() {
    ModelCard bare =
        new ModelCard(
            ModelKind.STUDENT,
            NETWORK,
            List.of("a|b"),
            Preprocessing.DEFAULT,
            512,
            1,
            new TreeMap<>(Map.of("training", "{\"epochs\":\"many\"}")),
            List.of());
    CardScores none =
        new CardScores(
            new Metrics(
                "t",
                2,
                List.of(
                    ModelScore.of("m", new ModelCost(1, 1, 1), List.of(absent("x", "a|b")), 1))),
            false);
    String text =
        ModelCardMarkdown.text(
            List.of(exported(bare, List.of(), false, Optional.of(none), Optional.empty())), "1");
    assertHas(
        text,
        "| method | not recorded |",
        "| training | not recorded |",
        "| all that this network was trained on | not recorded |",
        "| a\\|b | 0 | - | - | - | 0 | 0 |",
        "the longer side of a slice fills it");
    assertFalse(text.contains("It was trained on"), text);
  }

  @Test
  void theKindOfAugmentationIsNamed() {
    for (Training training :
        List.of(
            Training.DEFAULT.with(AugmentationKind.FULL),
            new Training(4, 1, 1, 1, 0, 0, Plateau.SOURCE, Adam.PLAIN, 0))) {
      ModelCard card = card(ModelKind.STUDENT, training, "liver");
      ExportedModel model = exported(card, List.of(), false, Optional.empty(), Optional.empty());
      assertHas(
          ModelCardMarkdown.text(List.of(model), "1"),
          training.augments() ? ", full augmentation |" : ", no augmentation |");
    }
  }

  @Test
  void everyModelHasASection() {
    ExportedModel one =
        exported(
            card(ModelKind.STUDENT, "liver"), List.of(), false, Optional.empty(), Optional.empty());
    String text = ModelCardMarkdown.text(List.of(one, one), "1");
    assertEquals(3, text.split("## mine\n", -1).length);
  }
}
