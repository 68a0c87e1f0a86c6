package org.mskd.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.experiment.OrganLabel;

class OrganNameTest {
  @ParameterizedTest
  @CsvSource({
    "Liver, liver",
    "left kidney, left-kidney",
    "kidney_left, kidney_left",
    "Bauchspeicheldrüse, bauchspeicheldruse",
    "liver & tumour <1>, liver-tumour-1",
    "..liver.., liver",
    "v1.2, v1.2"
  })
  void isReducedToAllowedCharacters(String text, String name) {
    assertEquals(Optional.of(name), OrganName.allowed(text));
    assertEquals(name, new OrganLabel(name, 1).organ());
  }

  @Test
  void mayHaveNoAllowedCharacter() {
    assertEquals(Optional.empty(), OrganName.allowed("肝臓"));
    assertEquals(Optional.of("a".repeat(64)), OrganName.allowed("a".repeat(90)));
  }

  @ParameterizedTest
  @CsvSource({
    "Task03_Liver, liver",
    "Dataset005_Prostate, prostate",
    "dataset12-Small Bowel, small-bowel",
    "liver, liver",
    "Task_Liver, task_liver",
    "Task07_, task07"
  })
  void ofAFolderHasNoTask(String folder, String name) {
    assertEquals(Optional.of(name), OrganName.ofFolder(folder));
  }

  @ParameterizedTest
  @CsvSource({
    "Kidneys, kidney",
    "kidney_left, Left Kidney",
    "kidneyLeft, left kidney",
    "kidney-l, left-kidney",
    "GALLBLADDER, gallbladder",
    "pancreas, Pancreas"
  })
  void keysAreEqualForOneOrgan(String one, String other) {
    assertEquals(OrganName.key(one), OrganName.key(other));
  }

  @Test
  void sidesAreToldApartAndTogether() {
    assertFalse(OrganName.key("left kidney").equals(OrganName.key("right kidney")));
    assertEquals(OrganName.key("kidneys"), OrganName.keyOfBothSides("Right Kidney"));
    assertEquals(Optional.of("kidney"), OrganName.ofBothSides("Kidney (R)"));
    assertEquals("left", OrganName.keyOfBothSides("left"));
  }

  @Test
  void lesionsAreWordsOfTheirOwn() {
    assertTrue(OrganName.isLesion("liver tumours"));
    assertTrue(OrganName.isLesion("Cysts"));
    assertTrue(OrganName.isLesion("metastases"));
    assertFalse(OrganName.isLesion("encyst"));
    assertTrue(OrganName.includes("liver tumour", "liver"));
    assertFalse(OrganName.includes("liver tumour", "kidney"));
  }
}
