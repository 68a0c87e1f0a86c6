package org.mskd.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.DatasetFolder;
import org.mskd.problem.BadInputException;

class DiscoveryTest {
  @TempDir Path root;
  private DataFolder data;

  @BeforeEach
  void start() {
    data = new DataFolder(root);
  }

  private static OrganValues organ(String organ, Integer... values) {
    return new OrganValues(organ, List.of(values));
  }

  private static void assertRemark(List<Remark> remarks, boolean toCheck, String... parts) {
    assertTrue(
        remarks.stream()
            .anyMatch(
                remark ->
                    remark.toCheck() == toCheck
                        && Stream.of(parts).allMatch(remark.text()::contains)),
        () -> remarks + " lack " + List.of(parts));
  }

  private static void assertLeftOut(FoundData found, Path folder, String part) {
    assertTrue(
        found.leftOut().stream()
            .anyMatch(one -> one.folder().equals(folder) && one.reason().contains(part)),
        () -> found.leftOut() + " lacks " + folder + ": " + part);
  }

  private String refused() {
    return assertThrows(BadInputException.class, data::found).getMessage();
  }

  @Test
  void oneValueMeansTheOrganThatTheFolderIsNamedAfter() {
    data.scan("Task03_Liver", "a", 1);
    data.scan("Dataset005_Gall Bladder", "b", 7);
    data.scan("sets/pancréas", "c", 1);
    FoundData found = data.found();
    assertEquals(
        List.of("gall-bladder", "liver", "pancreas"),
        found.organs().stream().map(FoundOrgan::organ).toList());
    assertEquals(List.of(7), found.organs().get(0).values());
    assertEquals(root.resolve("Task03_Liver"), found.organs().get(1).directory());
    assertEquals(40, found.longestSide());
    assertEquals(List.of(), found.leftOut());
  }

  @Test
  void bothFormsOfTheDescriptionNameTheOrgan() {
    data.scan("one", "a", 1);
    data.json("one", "{\"labels\": {\"0\": \"background\", \"1\": \"Liver\"}}");
    data.scan("two", "b", 2);
    data.json("two", "{\"labels\": {\"background\": 0, \"spleen\": 2, \"ignore\": 3}}");
    List<FoundOrgan> organs = data.found().organs();
    assertEquals(List.of("liver", "spleen"), organs.stream().map(FoundOrgan::organ).toList());
    assertEquals(List.of(2), organs.get(1).values());
  }

  @Test
  void aTumourIsPartOfTheOrgan() {
    data.scan("Task03_Liver", "a", 1, 2);
    data.json(
        "Task03_Liver",
        "{\"labels\": {\"0\": \"background\", \"1\": \"liver\", \"2\": \"cancer\"}}");
    data.scan("kits", "b", 1, 2, 3);
    data.json(
        "kits",
        "{\"labels\": {\"background\": 0, \"kidney\": [1, 2, 3], \"masses\": [2, 3], \"tumor\":"
            + " 2}}");
    List<FoundOrgan> organs = data.found().organs();
    assertEquals("liver", organs.get(0).organ());
    assertEquals(List.of(1, 2), organs.get(0).values());
    assertRemark(organs.get(0).remarks(), false, "1 liver, 2 cancer", "count as liver");
    assertEquals("kidney", organs.get(1).organ());
    assertEquals(List.of(1, 2, 3), organs.get(1).values());
  }

  @Test
  void leftAndRightAreOneOrgan() {
    data.scan("kidneys", "a", 1, 2);
    data.json(
        "kidneys", "{\"labels\": {\"background\": 0, \"Left Kidney\": 1, \"Right Kidney\": 2}}");
    FoundOrgan kidney = data.found().organs().get(0);
    assertEquals("kidney", kidney.organ());
    assertEquals(List.of(1, 2), kidney.values());
  }

  @Test
  void theLabelsDecideAndDifferencesAreReported() {
    data.scan("liver", "a", 1);
    data.scan("liver", "b", 1, 5);
    data.json("liver", "{\"labels\": {\"background\": 0, \"liver\": 1, \"cancer\": 2}}");
    FoundOrgan liver = data.found().organs().get(0);
    assertEquals(List.of(1), liver.values());
    assertRemark(liver.remarks(), false, "value 2 cancer, which no label holds");
    assertRemark(liver.remarks(), true, "labelsTr", "b.nii.gz holds the value 5", "liver");
  }

  @Test
  void aMaskOf255IsTheOnlyOrganDescribed() {
    data.scan("scans", "a", 255);
    data.json("scans", "{\"labels\": {\"background\": 0, \"liver\": 1}}");
    FoundOrgan liver = data.found().organs().get(0);
    assertEquals("liver", liver.organ());
    assertEquals(List.of(255), liver.values());
    assertRemark(liver.remarks(), true, "value 255 means liver");
  }

  @Test
  void severalNamedOrgansAreOneSetOfSeveralOrgans() {
    data.scan("kidneys", "k", 1);
    data.scan("abdomen", "a", 1, 2, 3);
    data.scan("abdomen", "b", 4);
    data.json(
        "abdomen",
        "{\"labels\": {\"background\": 0, \"kidney_left\": 1, \"kidney_right\": 2, \"Aorta\": 3,"
            + " \"lung left\": 4}}");
    FoundLabels set = data.found().several().get(0);
    assertEquals("abdomen", set.name());
    assertEquals(
        List.of(organ("kidneys", 1, 2), organ("aorta", 3), organ("lung-left", 4)), set.organs());
    assertTrue(set.inOneFolder());
    assertEquals(2, set.scans());
  }

  @Test
  void aLesionBelongsToTheOrganThatItNames() {
    data.scan("abdomen", "a", 1, 2, 3, 4);
    data.json(
        "abdomen",
        "{\"labels\": {\"liver\": 1, \"spleen\": 2, \"liver tumours\": 3, \"cyst\": 4}}");
    assertEquals(
        List.of(organ("liver", 1, 3), organ("spleen", 2), organ("cyst", 4)),
        data.found().several().get(0).organs());
  }

  @Test
  void ofManyVoxelsEvenlySpacedLabelsAreRead() {
    for (int i = 0; i < 10; i++) {
      data.label("labels/" + i + ".nii.gz", i + 1);
    }
    Map<String, Path> labels = DatasetFolder.labels(root.resolve("labels"));
    long voxels = 40 * 3 * 2;
    LabelScan scan = LabelScan.of(labels, 5 * voxels);
    assertEquals(Set.of(1, 3, 5, 7, 9), scan.values().keySet());
    assertEquals(5, scan.read());
    assertFalse(scan.complete());
    assertEquals(Set.of(1), LabelScan.of(labels, 7).values().keySet());
    assertTrue(LabelScan.of(labels, 10 * voxels).complete());
  }

  @Test
  void labelsAloneAreMatchedWithImagesAndOrgansOfTheOtherSets() {
    data.scan("spleen", "a", 1, 0, 0, 0);
    data.scan("kidney", "b", 0, 0, 1, 1);
    data.label("all/labelsTr/a.nii.gz", 9, 9, 3, 4);
    data.label("all/labelsTr/b.nii.gz", 0, 0, 3, 4);
    // Half of value 9 lies outside of the spleen: no match.
    FoundData found = data.found();
    assertEquals(List.of(), found.several());
    assertLeftOut(found, root.resolve("all/labelsTr"), "label values 9 mean");
    data.label("all/labelsTr/a.nii.gz", 9, 0, 3, 4);
    FoundLabels set = data.found().several().get(0);
    assertEquals(List.of(organ("kidney", 3, 4), organ("spleen", 9)), set.organs());
    assertEquals(
        List.of(root.resolve("kidney/imagesTr"), root.resolve("spleen/imagesTr")), set.images());
    assertEquals(root.resolve("all/labelsTr"), set.labelFolder());
    assertEquals(
        List.of("kidney", "spleen"),
        data.found().organs().stream().map(FoundOrgan::organ).toList());
  }

  @Test
  void labelsWithoutAnImageAreLeftOut() {
    data.scan("spleen", "a", 1);
    data.label("all/labelsTr/a.nii.gz", 1, 2);
    data.label("all/labelsTr/b.nii.gz", 1, 2);
    data.json("all", "{\"labels\": {\"spleen\": 1, \"liver\": 2}}");
    assertLeftOut(data.found(), root.resolve("all/labelsTr"), "Not every label has an image");
  }

  @Test
  void valuesWithoutNamesMeanAKnownOrganUnlessTheyMatchSeveral() {
    data.scan("liver", "a", 1, 2);
    FoundOrgan liver = data.found().organs().get(0);
    assertEquals(List.of(1, 2), liver.values());
    assertRemark(liver.remarks(), true, "Assumption: all values (1, 2) mean liver");

    data.scan("spleen", "x", 1, 0);
    data.scan("pancreas", "x", 0, 1);
    data.scan("liver", "x", 5, 6);
    data.label("liver/labelsTr/a.nii.gz", 5, 6);
    assertEquals(
        List.of(organ("spleen", 5), organ("pancreas", 6)), data.found().several().get(0).organs());
  }

  @Test
  void imagesAloneAreUnlabelled() {
    data.scan("liver", "a", 1);
    data.image("archive/x_0000.nii.gz");
    data.image("archive/y_0000.nii.gz");
    data.image("more/Liver/imagesTr/z.nii.gz");
    data.label("masks/m.nii.gz", 1);
    data.image("liver/imagesTs/t.nii.gz");
    data.image("liver/predictions/p.nii.gz");
    data.image(".hidden/h.nii.gz");
    FoundData found = data.found();
    assertEquals(
        List.of(
            new FoundImages("archive", root.resolve("archive"), 2),
            new FoundImages("liver-images", root.resolve("more/Liver"), 1)),
        found.unlabelled());
    assertLeftOut(found, root.resolve("masks"), "looks like a label");
    assertLeftOut(found, root.resolve("liver/imagesTs"), "Images without labels");
    assertEquals(2, found.leftOut().size());
  }

  @Test
  void theTestSetHasTheValuesOfItsDescription() {
    data.scan("liver", "a", 1);
    data.scan("kidney", "b", 1);
    data.test("test", "t", 6, 2, 3, 1);
    data.json(
        "test",
        "{\"labels\": {\"1\": \"spleen\", \"2\": \"right kidney\", \"3\": \"left kidney\", \"6\":"
            + " \"liver\"}}");
    FoundData found = data.found();
    FoundTest test = found.testSet().orElseThrow();
    assertEquals(List.of(organ("kidney", 2, 3), organ("liver", 6)), test.organs());
    assertEquals(List.of(1), test.background());
    assertRemark(test.remarks(), false, "background: 1 spleen");
    assertEquals(
        List.of("kidney", "liver"), found.organs().stream().map(FoundOrgan::organ).toList());
  }

  @Test
  void theDescriptionMayLieAboveTheTestSet() {
    data.scan("organs/liver", "a", 1);
    data.test("btcv/test", "t", 6);
    data.json("btcv", "{\"labels\": {\"background\": 0, \"liver\": 6}}");
    assertEquals(List.of(organ("liver", 6)), data.found().testSet().orElseThrow().organs());
    // That of a training set's folder only beside its images.
    data.json("organs", "{\"labels\": {\"spleen\": 1}}");
    assertEquals("liver", data.found().organs().get(0).organ());
  }

  @Test
  void withoutNamesTheTestSetHasTheValuesOfTrainingLabels() {
    data.scan("spleen", "a", 1, 0);
    data.scan("liver", "b", 0, 1);
    data.label("all/labelsTr/a.nii.gz", 1, 2);
    data.label("all/labelsTr/b.nii.gz", 1, 2);
    data.test("test", "t", 2, 1);
    FoundData found = data.found();
    FoundTest test = found.testSet().orElseThrow();
    assertEquals(List.of(organ("spleen", 1), organ("liver", 2)), test.organs());
    assertRemark(test.remarks(), false, "all/labelsTr");
    assertEquals(
        List.of("spleen", "liver"), found.organs().stream().map(FoundOrgan::organ).toList());
  }

  @Test
  void otherwiseTheOrderOfTheOrgansIsAssumed() {
    data.scan("liver", "a", 1);
    data.scan("spleen", "b", 1);
    data.test("test", "t", 1, 2, 3);
    FoundTest test = data.found().testSet().orElseThrow();
    assertEquals(List.of(organ("liver", 1), organ("spleen", 2)), test.organs());
    assertEquals(List.of(3), test.background());
    assertRemark(test.remarks(), true, "Assumption", "order of <datasets>");
  }

  @Test
  void theTestSetWithTheMostOrgansIsTaken() {
    data.scan("liver", "a", 1, 2);
    data.json("liver", "{\"labels\": {\"liver\": 1, \"cancer\": 2}}");
    data.test("liver", "s", 1, 2);
    data.scan("spleen", "b", 1);
    data.test("test", "t", 1, 2);
    data.json("test", "{\"labels\": {\"spleen\": 1, \"liver\": 2}}");
    FoundData found = data.found();
    assertEquals(root.resolve("test"), found.testSet().orElseThrow().directory());
    assertLeftOut(found, root.resolve("liver"), "second test set, with labels of liver");
  }

  @Test
  void ofTwoSetsOfOneOrganTheLargerIsTaken() {
    data.scan("Liver", "a", 1);
    data.scan("more/livers", "b", 1);
    data.scan("more/livers", "c", 1);
    FoundData found = data.found();
    assertEquals(
        List.of(root.resolve("more/livers")),
        found.organs().stream().map(FoundOrgan::directory).toList());
    assertLeftOut(found, root.resolve("Liver"), "each organ has one <dataset>");
  }

  @Test
  void faultsOfTheDataAreReportedAndTheSetStays() throws IOException {
    data.scan("liver", "a", 1);
    data.image("liver/imagesTr/b.nii.gz");
    data.json("liver", "{\"modality\": {\"0\": \"MRI\"}, \"labels\": {\"1\": \"liver\"}}");
    data.scan("spleen", "c", 1);
    Files.writeString(root.resolve("spleen/labelsTr/d.nii.gz"), "no NIfTI");
    FoundData found = data.found();
    assertRemark(found.organs().get(0).remarks(), true, "b.nii.gz has no label");
    assertRemark(found.organs().get(0).remarks(), true, "'MRI'");
    assertRemark(found.organs().get(1).remarks(), true, "d.nii.gz ends too early");
  }

  @Test
  void ignoredValuesAreIgnoredInTheTestSet() {
    data.scan("liver", "a", 1);
    data.scan("spleen", "b", 1);
    data.test("test", "t", 1, 2, 255);
    data.json("test", "{\"labels\": {\"liver\": 1, \"spleen\": 2, \"ignore\": 255}}");
    FoundTest test = data.found().testSet().orElseThrow();
    assertEquals(List.of(organ("liver", 1), organ("spleen", 2)), test.organs());
    assertEquals(List.of(), test.background());
    assertEquals(List.of(255), test.ignored());
    assertRemark(test.remarks(), false, "255 ignore", "left out of the scores");
    // Also where the organs are numbered in their order, and where no label holds the value.
    data.json("test", "{\"labels\": {\"ignore\": 2}}");
    test = data.found().testSet().orElseThrow();
    assertEquals(List.of(organ("liver", 1)), test.organs());
    assertEquals(List.of(255), test.background());
    assertEquals(List.of(2), test.ignored());
    data.json("test", "{\"labels\": {\"liver\": 1, \"ignore\": 9}}");
    assertEquals(List.of(), data.found().testSet().orElseThrow().ignored());
  }

  @Test
  void ignoredValuesOfTrainingLabelsAreReported() {
    data.scan("liver", "a", 1, 255);
    data.json("liver", "{\"labels\": {\"background\": 0, \"liver\": 1, \"ignore\": 255}}");
    data.scan("plain", "b", 7, 8);
    data.json("plain", "{\"labels\": {\"ignore\": 8}}");
    data.scan("all", "c", 1, 2, 3);
    data.json("all", "{\"labels\": {\"liver\": 1, \"spleen\": 2, \"ignore\": 3}}");
    data.scan("nothing", "d", 4);
    data.json("nothing", "{\"labels\": {\"ignore\": 4}}");
    FoundData found = data.found();
    FoundOrgan liver = found.organs().get(0);
    assertEquals(List.of(1), liver.values());
    assertRemark(
        liver.remarks(),
        true,
        "value 255 ignore",
        "a.nii.gz",
        "<backgroundValues>255</backgroundValues>",
        "only if");
    assertEquals(1, liver.remarks().stream().filter(one -> one.text().contains("255")).count());
    assertEquals("plain", found.organs().get(1).organ());
    assertEquals(List.of(7), found.organs().get(1).values());
    FoundLabels all = found.several().get(0);
    assertEquals(List.of(organ("liver", 1), organ("spleen", 2)), all.organs());
    assertRemark(all.remarks(), true, "<backgroundValues>3</backgroundValues>");
    assertLeftOut(found, root.resolve("nothing/labelsTr"), "no value but 0 and 4");
  }

  @Test
  void aDamagedImageIsReportedWhereverItIs() throws IOException {
    for (String id : List.of("a", "b", "c")) {
      data.scan("liver", id, 1);
      data.image("archive/" + id + ".nii.gz");
    }
    for (String id : List.of("a", "b", "c")) {
      Path image = root.resolve("liver/imagesTr/" + id + ".nii.gz");
      Path other = root.resolve("archive/" + id + ".nii.gz");
      byte[] bytes = Files.readAllBytes(image);
      Files.writeString(image, "no NIfTI");
      Files.writeString(other, "no NIfTI");
      FoundData found = data.found();
      assertEquals(3, found.organs().get(0).scans());
      assertEquals(3, found.unlabelled().get(0).scans());
      assertEquals(List.of(), found.leftOut());
      assertEquals(40, found.longestSide());
      assertRemark(found.remarks(), true, image.toString());
      assertRemark(found.remarks(), true, other.toString());
      assertEquals(2, found.remarks().size());
      Files.write(image, bytes);
      Files.write(other, bytes);
    }
  }

  @Test
  void aDamagedLabelDoesNotPreventTheComparisonOfTheOthers() throws IOException {
    data.scan("spleen", "a", 1, 0);
    data.scan("spleen", "b", 1, 0);
    data.scan("liver", "b", 0, 1);
    data.label("all/labelsTr/b.nii.gz", 5, 6);
    data.image("all/imagesTr/a.nii.gz");
    data.image("all/imagesTr/b.nii.gz");
    Files.writeString(root.resolve("all/labelsTr/a.nii.gz"), "no NIfTI");
    FoundLabels all = data.found().several().get(0);
    assertEquals(List.of(organ("spleen", 5), organ("liver", 6)), all.organs());
    assertRemark(all.remarks(), true, "a.nii.gz");
  }

  @Test
  void filesOfOneIdLeaveOutTheirSetAlone() throws IOException {
    data.scan("liver", "a", 1);
    data.scan("spleen", "b", 1);
    data.label("spleen/labelsTr/b.nii", 1);
    data.scan("kidney", "c", 1);
    data.image("kidney/imagesTr/c.nii");
    data.image("archive/d.nii");
    data.image("archive/d.nii.gz");
    data.label("other/labelsTr/a.nii.gz", 3);
    data.json("other", "{\"labels\": {\"aorta\": 3}}");
    FoundData found = data.found();
    assertEquals(List.of("liver"), found.organs().stream().map(FoundOrgan::organ).toList());
    assertEquals(List.of(root.resolve("liver/imagesTr")), found.several().get(0).images());
    assertLeftOut(found, root.resolve("spleen/labelsTr"), "labelsTr/b.nii.gz are both of");
    assertLeftOut(found, root.resolve("kidney/imagesTr"), "imagesTr/c.nii.gz are both of");
    assertLeftOut(found, root.resolve("archive"), "archive/d.nii.gz are both of");
  }

  @Test
  void foldersOfOneNameAreNamedWithTheFolderAbove() {
    data.scan("hosp1/liver", "a", 1);
    data.scan("hosp2/liver", "b", 1);
    data.test("hosp1/test", "s", 1);
    data.test("hosp2/test", "t", 1);
    FoundData found = data.found();
    assertLeftOut(found, root.resolve("hosp2/liver"), "as " + Path.of("hosp1/liver") + " does");
    assertLeftOut(found, root.resolve("hosp2/test"), Path.of("hosp1/test") + " has at least");
  }

  @Test
  void aListOfNamesIsNumberedFrom0() {
    data.scan("all", "a", 1, 2);
    data.json("all", "{\"labels\": [\"background\", \"liver\", \"spleen\"]}");
    FoundLabels all = data.found().several().get(0);
    assertEquals(List.of(organ("liver", 1), organ("spleen", 2)), all.organs());
    assertRemark(all.remarks(), true, "Assumption", "0 background, 1 liver, 2 spleen");
  }

  @Test
  void aValueOfSeveralOrgansIsReported() {
    data.scan("all", "a", 1, 2, 3, 4);
    data.json(
        "all", "{\"labels\": {\"liver\": [1, 2], \"spleen\": [2, 3], \"aorta\": 4, \"tumor\": 1}}");
    FoundLabels all = data.found().several().get(0);
    assertRemark(all.remarks(), true, "value 2 for several organs: liver, spleen");
    assertEquals(1, all.remarks().stream().filter(Remark::toCheck).count());
    data.json("all", "{\"labels\": {\"liver\": [1, 2, 3], \"ignore\": 3, \"aorta\": 4}}");
    all = data.found().several().get(0);
    assertEquals(List.of(organ("liver", 1, 2), organ("aorta", 4)), all.organs());
    assertRemark(all.remarks(), true, "value 3 for liver and for ignore");
  }

  @Test
  void valuesThatNoLabelCanHaveAreReported() {
    data.scan("all", "a", 1, 65535);
    data.json(
        "all", "{\"labels\": {\"liver\": [1, -1, 65536], \"aorta\": 65535, \"fat\": 99999999999}}");
    FoundLabels all = data.found().several().get(0);
    assertEquals(List.of(organ("liver", 1), organ("aorta", 65535)), all.organs());
    assertRemark(all.remarks(), true, "value -1 for liver", "from 0 to 65535");
    assertRemark(all.remarks(), true, "value 65536 for liver");
    assertRemark(all.remarks(), true, "value 99999999999 for fat");
    data.json("all", "{\"labels\": {\"1\": \"liver\", \"65535\": \"aorta\", \"-2\": \"fat\"}}");
    assertRemark(data.found().several().get(0).remarks(), true, "value -2 for fat");
  }

  @Test
  void theFolderItselfMayBeTheDataSet() {
    data.scan("liver", "a", 1);
    FoundData found = Discovery.in(root.resolve("liver"), folder -> {});
    assertEquals("liver", found.organs().get(0).organ());
  }

  @Test
  void threeLevelsBelowIsTooFar() {
    data.scan("a/b/liver", "a", 1);
    assertTrue(refused().contains("holds no data set"));
  }

  @Test
  void withoutDataTheLayoutIsExplained() {
    String message = refused();
    assertTrue(message.contains(root + " holds no data set."), message);
    assertTrue(message.contains("FOLDER/liver/imagesTr/patient01.nii.gz"), message);
    data.image("archive/x.nii.gz");
    assertTrue(refused().contains("no labelled training data"), refused());
    data.label("empty/labelsTr/x.nii.gz");
    assertTrue(refused().contains("no value but 0"), refused());
    Path missing = root.resolve("nowhere");
    assertTrue(
        assertThrows(BadInputException.class, () -> Discovery.in(missing, folder -> {}))
            .getMessage()
            .contains("nowhere is missing"));
  }

  @Test
  void aDescriptionThatCannotBeReadIsNamed() {
    data.scan("liver", "a", 1);
    data.json("liver", "{\"labels\": {\"liver\": 1");
    assertTrue(refused().contains("dataset.json is not JSON"), refused());
    data.json("liver", "{\"labels\": {\"liver\": 1.5}}");
    assertTrue(refused().contains("has 1.5 as the value of label liver"), refused());
    data.json("liver", "{\"labels\": [{\"liver\": 1}]}");
    assertTrue(refused().contains("has {\"liver\":1} in its list of labels"), refused());
    data.json("liver", "{\"labels\": \"liver\"}");
    assertTrue(refused().contains("has \"labels\" that are \"liver\""), refused());
  }
}
