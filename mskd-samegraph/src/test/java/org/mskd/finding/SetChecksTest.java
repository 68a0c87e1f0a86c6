package org.mskd.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.fingerprint.Intensities;
import org.mskd.fingerprint.ScanGeometry;

/** The checks of intensities, organs, sizes and folders at and beside their thresholds. */
class SetChecksTest {
  private static List<Finding> intensities(Intensities values) {
    return IntensityCheck.of(Prints.set(Prints.of("imagesTr/a.nii", values)));
  }

  @ParameterizedTest
  @CsvSource({
    "-1000, -1000, 1, 0, 0, NOT_HU, has the value -1000 in all voxels",
    "0, 1, 0, 1, 0, NOT_HU, scaled to 0..1",
    "0, 255, 0, 0.4, 0, NOT_HU, windowed to 8 bits",
    "0, 4095, 0, 0.6, 0.31, NOT_HU, HU + 1024",
    "0, 1500, 0, 0.6, 0.29, NOT_CT, looks like MR",
    "-5, 3000, 0, 0.6, 0.001, NOT_HU, hardly any below -30",
    "-2000, 3000, 0.8, 0, 0.1, NOT_HU, hardly any between 0 and 100",
  })
  void voxelsThatAreNoHuAreNamed(
      double low, double high, double air, double soft, double shifted, String kind, String text) {
    Finding finding = intensities(new Intensities(low, high, air, soft, shifted, true)).get(0);
    assertEquals(Finding.Kind.valueOf(kind), finding.kind());
    assertEquals(List.of("imagesTr/a.nii"), finding.files());
    assertTrue(
        finding.text().startsWith("imagesTr/a.nii of data set liver has ")
            && finding.text().contains(text),
        finding.text());
  }

  @Test
  void ctIsSilentAlsoIfItIsClippedOrFewOfItIsSoft() {
    assertEquals(List.of(), intensities(Prints.CT));
    assertEquals(List.of(), intensities(new Intensities(-125, 275, 0.56, 0.12, 0, true)));
    assertEquals(List.of(), intensities(new Intensities(-3024, 3071, 0.97, 0.002, 0, true)));
  }

  @Test
  void scansAlikeAreOneFinding() {
    Intensities eightBit = new Intensities(0, 255, 0, 0.4, 0, true);
    List<Finding> findings =
        IntensityCheck.of(
            Prints.set(
                Prints.of("imagesTr/a.nii", eightBit),
                Prints.of("imagesTr/b.nii", Prints.CT),
                Prints.of("imagesTr/c.nii", eightBit)));
    assertEquals(1, findings.size());
    assertEquals(List.of("imagesTr/a.nii", "imagesTr/c.nii"), findings.get(0).files());
    assertTrue(
        findings.get(0).text().contains("1 other file is alike: imagesTr/c.nii."),
        findings.get(0).text());
  }

  @Test
  void anOrganOfFewPixelsNamesSubjectAndSliceSize() {
    FingerprintedSet set =
        Prints.set(
            Prints.of("imagesTr/a.nii", Prints.organ("pancreas", 0, 9)),
            Prints.of("imagesTr/b.nii", Prints.organ("pancreas", 0, 8.9)));
    List<Finding> findings = SmallOrganCheck.of(set, 64);
    assertEquals(1, findings.size());
    assertEquals(List.of("imagesTr/b.nii"), findings.get(0).files());
    assertTrue(
        findings.get(0).text().contains("at most 8.9 pixels per slice at <sliceSize> 64"),
        findings.get(0).text());
  }

  @Test
  void sizesFarFromTheTrainingScansAreBothNamed() {
    ScanSizes sizes =
        new ScanSizes(List.of(new ScanGeometry(0.7, 2.5, 350), new ScanGeometry(0.9, 5, 450)));
    assertEquals(List.of(), sizes.differences(new ScanGeometry(0.35, 10, 900)));
    assertEquals(
        List.of("10.5 mm between slices (training: 2.50 to 5.00)"),
        sizes.differences(new ScanGeometry(0.8, 10.5, 400)));
    assertEquals(
        List.of(
            "0.34 mm between voxels in a slice (training: 0.70 to 0.90)",
            "a field of view of 170 mm (training: 350 to 450)"),
        sizes.differences(new ScanGeometry(0.34, 3, 170)));
    assertEquals(List.of(), new ScanSizes(List.of()).differences(new ScanGeometry(9, 9, 9)));
    FingerprintedSet set =
        Prints.set(
            Prints.of("imagesTs/a.nii", new ScanGeometry(0.8, 3, 400)),
            Prints.of("imagesTs/b.nii", new ScanGeometry(0.8, 1.2, 400)));
    Finding finding = sizes.of(set).get(0);
    assertEquals(List.of("imagesTs/b.nii"), finding.files());
    assertTrue(
        finding.text().contains("1.20 mm between slices (training: 2.50 to 5.00)"), finding.text());
  }

  @Test
  void organsOnTheWrongSideAreNamed() {
    FingerprintedSet wrong =
        Prints.set(
            Prints.of("a", Prints.organ("Liver", -0.2, 99)),
            Prints.of("b", Prints.organ("Liver", -0.1, 99)),
            Prints.of("c", Prints.organ("Liver", 0.2, 99)));
    List<Finding> findings = MirrorCheck.of(List.of(wrong));
    assertEquals(1, findings.size());
    assertTrue(
        findings.get(0).text().contains("liver lies on the body's left side in 2 of 3 scans"),
        findings.get(0).text());
    FingerprintedSet one =
        Prints.set(
            Prints.of("a", Prints.organ("spleen", 0.3, 99)),
            Prints.of("b", Prints.organ("spleen", -0.3, 99)),
            Prints.of("c", Prints.organ("kidney", 0.3, 99)));
    assertEquals(List.of(), MirrorCheck.of(List.of(one)), "situs inversus of one patient");
  }

  @Test
  void foldersAreJudgedByNames() {
    assertEquals(List.of(), SetFolderCheck.of("data set a", List.of(), List.of("CT", "noNorm")));
    assertEquals(List.of(), SetFolderCheck.of("data set a", List.of(), List.of()));
    List<Finding> findings =
        SetFolderCheck.of("data set a", List.of("imagesTr/x.nrrd", "imagesTr/y"), List.of("MRI"));
    assertEquals(
        List.of(Finding.Kind.PASSED_OVER, Finding.Kind.NOT_CT),
        findings.stream().map(Finding::kind).toList());
    assertTrue(
        findings
            .get(0)
            .text()
            .startsWith(
                "In data set a, 2 files or folders are not read: imagesTr/x.nrrd, imagesTr/y."),
        findings.get(0).text());
    assertTrue(findings.get(1).text().contains("names the modality MRI"), findings.get(1).text());
  }
}
