package org.mskd.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.problem.BadInputException;

class ModelEnsembleTest {
  @TempDir Path folder;

  private Path model(String name, float weight, String... organs) {
    return model(name, weight, Neighbours.NONE, organs);
  }

  private Path model(String name, float weight, Neighbours neighbours, String... organs) {
    Path file = folder.resolve(name);
    ModelArchive.write(
        file,
        new ModelCard(
            ModelKind.STUDENT,
            new Network(8, 2, Normalization.INSTANCE).withNeighbours(neighbours),
            List.of(organs),
            new Preprocessing(64, -125, 275, List.of()),
            64,
            (long) weight,
            new TreeMap<>(),
            List.of()),
        List.of(new Tensor("w", new long[] {1}, new float[] {weight})));
    return file;
  }

  private Path ensemble() {
    Path file = folder.resolve("both.mskd");
    ModelEnsemble.write(file, List.of(model("1.mskd", 1, "liver"), model("2.mskd", 2, "liver")));
    return file;
  }

  private static void refused(Path file, String problem) {
    BadInputException e =
        assertThrows(BadInputException.class, () -> ModelEnsemble.read(file), problem);
    assertTrue(e.problem().contains(problem), e.problem());
  }

  @Test
  void membersAreReadInTheirOrder() throws IOException {
    Path file = ensemble();
    List<Model> models = ModelEnsemble.read(file);
    assertEquals(2, models.size());
    for (int i = 1; i <= 2; i++) {
      Model single = ModelArchive.read(folder.resolve(i + ".mskd"));
      assertEquals(single.card(), models.get(i - 1).card());
      assertEquals(single.digest(), models.get(i - 1).digest());
      assertEquals(i, models.get(i - 1).tensors().get("w").values()[0]);
    }
    assertEquals(
        List.of(1L, 2L), ModelEnsemble.readCards(file).stream().map(ModelCard::seed).toList());
    Path again = folder.resolve("again.mskd");
    ModelEnsemble.write(again, List.of(folder.resolve("1.mskd"), folder.resolve("2.mskd")));
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  @Test
  void aSingleModelIsAnEnsembleOfOne() {
    List<Model> models = ModelEnsemble.read(model("1.mskd", 3, "liver"));
    assertEquals(1, models.size());
    assertEquals(3, models.get(0).tensors().get("w").values()[0]);
  }

  @Test
  void whereOneModelIsNeededAnEnsembleIsRefused() {
    Path file = ensemble();
    BadInputException e = assertThrows(BadInputException.class, () -> ModelArchive.read(file));
    assertEquals(file + " is an ensemble of 2 models.", e.problem());
    assertThrows(BadInputException.class, () -> ModelArchive.readCard(file));
    Path outer = folder.resolve("outer.mskd");
    assertThrows(BadInputException.class, () -> ModelEnsemble.write(outer, List.of(file, file)));
    assertTrue(Files.notExists(outer));
  }

  @Test
  void membersOfOtherOrgansAreRefused() {
    List<Path> members = List.of(model("1.mskd", 1, "liver"), model("2.mskd", 1, "spleen"));
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> ModelEnsemble.write(folder.resolve("both.mskd"), members));
    assertTrue(e.problem().contains("its members have different organs"), e.problem());
  }

  @Test
  void membersThatReadOtherNeighboursAreRefused() {
    List<Path> members =
        List.of(
            model("1.mskd", 1, new Neighbours(1, 0), "liver"),
            model("2.mskd", 1, new Neighbours(1, 5), "liver"));
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> ModelEnsemble.write(folder.resolve("both.mskd"), members));
    assertTrue(e.problem().contains("its members have different neighbours"), e.problem());
  }

  @Test
  void aDamagedOrIncompleteMemberIsNamed() throws IOException {
    Path file = ensemble();
    byte[] bytes = Files.readAllBytes(file);
    // The second member's weight: the last 2.0f in the file.
    for (int i = bytes.length - 4; i > 0; i--) {
      if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 0 && bytes[i + 3] == 64) {
        bytes[i] = 1;
        break;
      }
    }
    refused(Files.write(folder.resolve("damaged.mskd"), bytes), "2/weights.safetensors is damaged");
    refused(changed(file, "2/model.json", null), "it holds no 2/model.json");
    refused(changed(file, "2/model.json", "3/model.json"), "it holds no 2/model.json");
    refused(changed(file, "2/model.json", "../model.json"), "unexpected entry '../model.json'");
    refused(changed(file, "2/model.json", "model.json"), "it holds no 2/model.json");
  }

  /** A copy in which an entry has another name, or is left out. */
  private Path changed(Path file, String name, String other) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (var entry : java.util.Collections.list(zip.entries())) {
        String target = entry.getName().equals(name) ? other : entry.getName();
        if (target != null) {
          entries.put(target, zip.getInputStream(entry).readAllBytes());
        }
      }
    }
    Path copy = folder.resolve("changed.mskd");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        StoredEntry.of(entry.getKey(), to -> to.write(entry.getValue())).writeTo(out);
      }
    }
    return copy;
  }
}
