package org.mskd.pipeline.publication;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.Adam;
import org.mskd.experiment.DataLicense;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PublicationSettings;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.Training;
import org.mskd.file.Sha256;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Publication;
import org.mskd.model.PublishedMean;
import org.mskd.model.PublishedScore;
import org.mskd.model.PublishedScores;
import org.mskd.model.PublishedSet;
import org.mskd.model.PublishedTeacher;
import org.mskd.pipeline.PhantomExperiment;
import org.mskd.pipeline.StageRuns;
import org.mskd.pipeline.models.ModelName;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.problem.BadInputException;
import org.mskd.publication.DescriptionText;
import org.mskd.publication.ModelDescription;
import org.mskd.publication.PublishedModel;

/**
 * The models of a whole experiment: a trained teacher of the liver, a given one of the spleen, a
 * student of both and of images without labels, a test set of one scan.
 */
class ModelPublicationTest {
  private static final Training TRAINING =
      new Training(2, 2, 1, 1e-2, 0.5, 0, Plateau.SOURCE, Adam.PLAIN, 1);
  private static final ModelName STUDENT = new ModelName(ModelKind.STUDENT, "mskd");
  private static final ModelName LIVER = new ModelName(ModelKind.TEACHER, "liver");
  private static final Map<String, String> TEACHERS =
      Map.of("liver", "org.example:ct:mskd:liver:1");

  @TempDir Path root;
  private PhantomExperiment experiment;
  private Path output;

  @BeforeEach
  void run() throws IOException {
    experiment =
        new PhantomExperiment(
            root.resolve("Confidential Clinic"),
            TRAINING,
            TeacherOutputs.DEFAULT,
            new RunOptions(2, List.of(), false, 1, 1));
    output = experiment.output();
    StageRuns.locked(experiment.request(Goal.EVALUATE));
  }

  private ModelPublication publication(PublicationSettings settings, String... outdated) {
    return new ModelPublication(
        experiment.request(Goal.EVALUATE).experiment().orElseThrow(),
        output,
        settings,
        Set.of(outdated),
        "1.2.3");
  }

  private Publication of(ModelName name, PublicationSettings settings) {
    return publication(settings).of(name, "org.example:ct:mskd:1", TEACHERS);
  }

  private Publication of(ModelName name) {
    return of(name, PublicationSettings.DEFAULT);
  }

  private List<String> voxelDigests(String set) throws IOException {
    try (Stream<Path> stores = Files.list(output.resolve("prepared").resolve(set))) {
      return stores
          .filter(file -> file.toString().endsWith(".slices"))
          .map(file -> SliceStore.subject(file).voxelDigest())
          .sorted()
          .toList();
    }
  }

  private PublishedSet set(Optional<String> name, List<String> organs, String folder)
      throws IOException {
    String digests = voxelDigests(folder).stream().map(d -> d + "\n").collect(Collectors.joining());
    return new PublishedSet(name, organs, 2, 20, Sha256.of(digests)); // 2 phantoms of 10 slices
  }

  @Test
  void everythingIsCollected() throws IOException {
    DataLicense license = new DataLicense("CC-BY-4.0", "");
    Publication student = of(STUDENT, new PublicationSettings(true, Optional.of(license)));
    assertEquals("org.example:ct:mskd:1", student.coordinates());
    assertEquals(Optional.of(license), student.license());
    assertEquals(
        List.of(
            set(Optional.of("liver"), List.of("liver"), "liver"),
            set(Optional.of("more"), List.of(), "more")),
        student.sets());
    Path given = experiment.root().resolve("given.mskd");
    Path trained = output.resolve("teachers/liver/model.mskd");
    assertEquals(
        List.of(
            new PublishedTeacher(
                "liver",
                "org.example:ct:mskd:liver:1",
                ModelArchive.read(trained).digest(),
                ""), // the packaged teacher has other bytes
            new PublishedTeacher(
                "spleen", "", ModelArchive.read(given).digest(), Sha256.of(given))),
        student.teachers());
    assertEquals(Map.of("mskd", "1.2.3"), student.versions());
    Publication teacher = of(LIVER);
    assertEquals(Optional.empty(), teacher.license());
    assertEquals(List.of(set(Optional.empty(), List.of("liver"), "liver")), teacher.sets());
    assertEquals(List.of(), teacher.teachers());
  }

  @Test
  void scoresAreThoseOfTheMetrics() throws IOException {
    JsonNode metrics =
        new ObjectMapper().readTree(output.resolve("evaluation/metrics.json").toFile());
    PublishedScores student = of(STUDENT).scores().orElseThrow();
    assertEquals(1, student.subjects());
    assertEquals(2, student.surfaceToleranceMm());
    assertFalse(student.merged());
    assertEquals(List.of("liver", "spleen"), List.copyOf(student.organs().keySet()));
    JsonNode expected = metrics.at("/models/1");
    assertEquals("mskd", expected.get("name").textValue());
    student.organs().forEach((organ, score) -> compare(expected.at("/organs/" + organ), score));
    compare(expected.get("mean"), student.mean().orElseThrow());
    PublishedScores teacher = of(LIVER).scores().orElseThrow();
    assertTrue(teacher.merged());
    assertEquals(List.of("liver"), List.copyOf(teacher.organs().keySet()));
    compare(metrics.at("/models/0/organs/liver"), teacher.organs().get("liver"));
    assertEquals(Optional.empty(), teacher.mean());
  }

  /** Such as with another tolerance of surface Dice than is declared now. */
  @Test
  void scoresOfOtherSettingsAreLeftOut() {
    ModelPublication outdated = publication(PublicationSettings.DEFAULT, "evaluate/mskd");
    assertTrue(outdated.leavesOutScores(STUDENT));
    assertEquals(Optional.empty(), outdated.of(STUDENT, "g:a:1", TEACHERS).scores());
    assertFalse(outdated.leavesOutScores(LIVER));
    assertTrue(outdated.of(LIVER, "g:a:1", TEACHERS).scores().isPresent());
    assertFalse(publication(PublicationSettings.DEFAULT).leavesOutScores(STUDENT));
  }

  private static void compare(JsonNode expected, PublishedScore score) {
    assertEquals(expected.get("cases").intValue(), score.cases());
    assertEquals(expected.get("missed").intValue(), score.missed());
    for (String metric : List.of("dice", "hd95MmWithMisses", "surfaceDice")) {
      JsonNode summary = expected.get(metric);
      PublishedMean mean = score.metrics().get(metric);
      if (summary.get("mean").isNull()) {
        assertEquals(null, mean);
      } else {
        assertEquals(summary.get("mean").doubleValue(), mean.mean());
        assertEquals(summary.get("n").intValue(), mean.n());
        assertEquals(List.of(), mean.interval()); // one case
      }
    }
  }

  /** What the archives hold is not compressed, so that their bytes can be searched. */
  @Test
  void noModelNamesFoldersOrSubjects() throws IOException {
    List<String> secrets = new ArrayList<>(List.of("Confidential", "Clinic", "imagesTr"));
    secrets.add(root.getFileName().toString());
    secrets.add(System.getProperty("user.dir"));
    for (String folder : List.of("phantoms/liver", "more/liver", "phantoms/multi-organ-test")) {
      try (Stream<Path> images = Files.walk(experiment.root().resolve(folder))) {
        images
            .filter(Files::isRegularFile)
            .map(file -> file.getFileName().toString().replaceAll("\\..*", ""))
            .forEach(secrets::add);
      }
    }
    assertTrue(secrets.size() > 10, secrets.toString());
    for (ModelName name : List.of(STUDENT, LIVER)) {
      Path model =
          output.resolve(name.kind() == ModelKind.TEACHER ? "teachers/liver" : "methods/mskd");
      requireWithout(model.resolve("model.mskd"), secrets);
      Path packaged = root.resolve("packaged.mskd");
      PublishedModel.write(model.resolve("model.mskd"), of(name), packaged);
      requireWithout(packaged, secrets);
    }
  }

  private static void requireWithout(Path file, List<String> secrets) throws IOException {
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    secrets.forEach(secret -> assertFalse(bytes.contains(secret), file + " holds " + secret));
  }

  @Test
  void packagesHaveTheSameWeightsAndNoNamesOfSets() throws IOException {
    Path model = output.resolve("methods/mskd/model.mskd");
    byte[] before = Files.readAllBytes(model);
    Path packaged = root.resolve("new/student.mskd");
    PublishedModel.write(model, of(STUDENT), packaged);
    assertArrayEquals(before, Files.readAllBytes(model));
    assertEquals(ModelArchive.read(model).digest(), ModelArchive.read(packaged).digest());
    assertEquals(ModelArchive.read(model).tensors(), ModelArchive.read(packaged).tensors());
    ModelCard card = ModelArchive.readCard(packaged);
    ModelCard trained = ModelArchive.readCard(model);
    assertEquals(Optional.of(of(STUDENT)), card.publication());
    assertEquals("[liver, set-2]", card.provenance().get("sources"));
    assertEquals(
        trained.provenance().get("prepared.more"), card.provenance().get("prepared.set-2"));
    assertEquals(trained.provenance().size(), card.provenance().size());
    assertFalse(card.toString().contains("more"), card.toString());
    assertEquals(trained.subjects(), card.subjects());
    Path again = root.resolve("again.mskd");
    PublishedModel.write(model, of(STUDENT), again);
    assertArrayEquals(Files.readAllBytes(packaged), Files.readAllBytes(again));
    Path named = root.resolve("named.mskd");
    PublishedModel.write(
        model, of(STUDENT, new PublicationSettings(true, Optional.empty())), named);
    assertEquals(trained.provenance(), ModelArchive.readCard(named).provenance());
    String text = String.join("\n", DescriptionText.lines(ModelDescription.of(named)));
    for (String part :
        List.of(
            "coordinates     org.example:ct:mskd:1",
            "kind            student",
            "organs          1 liver, 2 spleen",
            "window -125 to 275 HU, slices of 16 x 16 pixels",
            "trained on      4 scans, 40 slices",
            "org.example:ct:mskd:liver:1",
            "mskd 1.2.3")) {
      assertTrue(text.contains(part), part + " is not in\n" + text);
    }
  }

  @Test
  void whatIsNotOfThisTrainingIsNotPublished() throws IOException {
    Files.delete(output.resolve("stages/evaluate/mskd.json"));
    assertEquals(Optional.empty(), of(STUDENT).scores());
    String given = refused(new ModelName(ModelKind.TEACHER, "spleen"));
    assertTrue(given.contains("The teacher of spleen is given"), given);
    Path teacher = output.resolve("teachers/liver/model.mskd");
    byte[] bytes = Files.readAllBytes(teacher);
    Files.copy(
        output.resolve("methods/mskd/model.mskd"),
        teacher,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    for (ModelName name : List.of(LIVER, STUDENT)) {
      assertTrue(refused(name).contains("is not what the stage teacher/liver wrote"));
    }
    Files.write(teacher, bytes);
    Files.delete(output.resolve("stages/prepare/liver.json"));
    assertTrue(refused(LIVER).contains("another result of the stage prepare/liver"));
    Files.delete(teacher);
    assertTrue(refused(LIVER).contains("is missing"));
  }

  private String refused(ModelName name) {
    return assertThrows(BadInputException.class, () -> of(name)).problem();
  }
}
