package org.mskd.publication;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.DataLicense;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.file.Sha256;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelEnsemble;
import org.mskd.model.ModelKind;
import org.mskd.model.Publication;
import org.mskd.model.PublishedMean;
import org.mskd.model.PublishedScore;
import org.mskd.model.PublishedScores;
import org.mskd.model.PublishedSet;
import org.mskd.model.PublishedTeacher;
import org.mskd.model.Tensor;
import org.mskd.model.WeightShapes;
import org.mskd.problem.BadInputException;

class DescriptionTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @TempDir Path folder;

  private static ModelCard card(SortedMap<String, String> provenance) {
    return new ModelCard(
        ModelKind.STUDENT,
        new Network(4, 2, Normalization.INSTANCE),
        List.of("liver", "spleen"),
        new Preprocessing(64, -100, 240.5, List.of(1.5, 5.0)),
        32,
        7,
        provenance,
        List.of(
            Map.of("voxelDigest", DIGEST, "geometry", Map.of("slices", 12)),
            Map.of("voxelDigest", DIGEST.replace('0', '1'), "geometry", Map.of("slices", 30))));
  }

  private Path model(String name, ModelCard card) {
    List<Tensor> tensors = new ArrayList<>();
    new WeightShapes(card.architecture())
        .byName()
        .forEach(
            (tensor, shape) ->
                tensors.add(
                    new Tensor(
                        tensor,
                        shape,
                        new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)])));
    Path file = folder.resolve(name);
    ModelArchive.write(file, card, tensors);
    return file;
  }

  private static Publication publication(String license) {
    PublishedScore score =
        new PublishedScore(
            3,
            1,
            0,
            new TreeMap<>(
                Map.of(
                    "dice", new PublishedMean(0.91249, List.of(0.8, 0.95), 3),
                    "hd95MmWithMisses", new PublishedMean(4.26, List.of(), 3))));
    return new Publication(
        "org.hospital:ct:mskd:1.0",
        Optional.of(new DataLicense("CC-BY-4.0", license)),
        List.of(new PublishedSet(Optional.of("archive"), List.of(), 2, 42, DIGEST)),
        Optional.of(
            new PublishedScores(
                4, 2, false, new TreeMap<>(Map.of("liver", score)), Optional.of(score))),
        List.of(new PublishedTeacher("liver", "org.hospital:liver:mskd:2", DIGEST, DIGEST)),
        new TreeMap<>(Map.of("mskd", "1.0", "java", "17")));
  }

  private static String text(Path file) {
    return String.join("\n", DescriptionText.lines(ModelDescription.of(file)));
  }

  @Test
  void aPackageIsShownWhole() throws IOException {
    SortedMap<String, String> provenance =
        new TreeMap<>(
            Map.of(
                "method", "mskd",
                "options", "{\"featureWeight\":\"10\"}",
                "training", "{\"epochs\":4,\"schedule\":{\"type\":\"plateau\"}}",
                "threads", "2",
                "sources", "[archive]",
                "environment.dnnl", "3.11"));
    Path trained = model("model.mskd", card(provenance));
    Path packaged = folder.resolve("ct-1.0.mskd");
    PublishedModel.write(trained, publication("Line one.\nLine two."), packaged);
    String text = text(packaged);
    for (String line :
        List.of(
            "file            ct-1.0.mskd, " + Files.size(packaged) + " bytes",
            "SHA-256         " + Sha256.of(packaged),
            "coordinates     org.hospital:ct:mskd:1.0",
            "format          .mskd, model.json of schema 1",
            "kind            student",
            "organs          1 liver, 2 spleen",
            "preprocessing   window -100 to 240.5 HU, slices of 64 x 64 pixels, spacing 1.5 and 5"
                + " mm",
            "input           trained on patches of 32 x 32 pixels, no neighbour slices",
            "method          mskd",
            "options         featureWeight 10",
            "training        epochs 4, schedule.type plateau",
            "seed            7",
            "teachers        liver: org.hospital:liver:mskd:2",
            "versions        java 17, mskd 1.0, dnnl 3.11, 2 threads",
            "trained on      2 scans, 42 slices",
            "data licence    CC-BY-4.0",
            "                Line one.",
            "                Line two.",
            "0.912 (0.800 to 0.950)",
            "weights         SHA-256 " + ModelArchive.read(trained).digest(),
            "nothing is damaged")) {
      assertTrue(text.contains(line), line + " is not in\n" + text);
    }
    assertTrue(text.matches("(?s).*archive +no labels +2 +42 +" + DIGEST + ".*"), text);
    assertTrue(
        text.matches("(?s).*liver +3 +1 +0\\.912 \\(0\\.800 to 0\\.950\\) +- +4\\.3\n.*"), text);
    assertFalse(text.contains(folder.toString()), text);
  }

  @Test
  void aModelThatIsNotPackagedHasNoPublication() {
    Path file = model("model.mskd", card(new TreeMap<>(Map.of("teacher.liver", DIGEST))));
    String text = text(file);
    assertFalse(text.contains("coordinates"), text);
    assertTrue(text.contains("scores          not recorded"), text);
    assertTrue(text.contains("versions        not recorded"), text);
    assertTrue(text.contains("teachers        liver: result " + DIGEST), text);
  }

  @Test
  void membersOfAnEnsembleAreShownOneByOne() {
    Path one = model("one.mskd", card(new TreeMap<>(Map.of("fold", "1"))));
    Path two = model("two.mskd", card(new TreeMap<>(Map.of("fold", "2"))));
    Path both = folder.resolve("both.mskd");
    ModelEnsemble.write(both, List.of(one, two));
    String text = text(both);
    assertTrue(text.contains("ensemble        2 models"), text);
    assertTrue(text.contains("model 2         of 2"), text);
    assertEquals(3, text.split("kind  ", -1).length, text);
  }

  @Test
  void theJsonHoldsTheCard() throws IOException {
    Path trained = model("model.mskd", card(new TreeMap<>(Map.of("method", "mskd"))));
    Path packaged = folder.resolve("ct.mskd");
    PublishedModel.write(trained, publication(""), packaged);
    JsonNode json =
        new ObjectMapper().readTree(DescriptionJson.text(ModelDescription.of(packaged)));
    assertEquals("ct.mskd", json.get("file").textValue());
    assertEquals(Sha256.of(packaged), json.get("sha256").textValue());
    JsonNode model = json.at("/models/0");
    assertEquals(ModelArchive.read(trained).digest(), model.get("weights").textValue());
    assertEquals("mskd", model.at("/card/provenance/method").textValue());
    assertEquals("CC-BY-4.0", model.at("/card/publication/license/name").textValue());
    assertEquals(
        0.91249, model.at("/card/publication/scores/organs/liver/metrics/dice/mean").doubleValue());
  }

  /** A terminal obeys control characters, and a log is read line by line. */
  @Test
  void textOfTheFileCannotChangeTheTerminal() {
    Path trained = model("model.mskd", card(new TreeMap<>(Map.of("method", "\u001b[2Jx\u202ey"))));
    Path packaged = folder.resolve("ct.mskd");
    PublishedModel.write(trained, publication("a\u0007b\u009bc\n" + "w ".repeat(500)), packaged);
    for (String line : DescriptionText.lines(ModelDescription.of(packaged))) {
      assertFalse(line.chars().anyMatch(Character::isISOControl), line);
      assertTrue(line.length() <= 160, line);
    }
    String text = text(packaged);
    assertTrue(text.contains("method          ?[2Jx?y"), text);
    assertTrue(text.contains("a?b?c"), text);
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    Path file = folder.resolve("model.mskd");
    ModelArchive.write(
        file, card(new TreeMap<>()), List.of(new Tensor("w", new long[] {1}, new float[1])));
    BadInputException thrown =
        assertThrows(BadInputException.class, () -> ModelDescription.of(file));
    assertTrue(
        thrown.problem().contains("does not hold the weights of the network"), thrown.problem());
  }

  @Test
  void cardsArePublishedTwiceAsOnce() throws IOException {
    Path trained = model("model.mskd", card(new TreeMap<>()));
    Path once = folder.resolve("once.mskd");
    Path twice = folder.resolve("twice.mskd");
    PublishedModel.write(trained, publication("x"), once);
    PublishedModel.write(once, publication("x"), twice);
    assertArrayEquals(Files.readAllBytes(once), Files.readAllBytes(twice));
  }
}
