package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mskd.volume.Affine;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;

/** Rows of voxels: the liver is class 1, the kidney class 2. */
class ComponentTrialTest {
  private static ClassMap map(String row) {
    byte[] classes = new byte[row.length()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (byte) Character.digit(row.charAt(i), 10);
    }
    return new ClassMap(new Grid(row.length(), 1, 1, Affine.scaling(1, 1, 1)), classes);
  }

  @Test
  void eachNumberOfComponentsIsScored() {
    ClassMap predicted = map("11101002202000");
    ClassMap reference = map("11100002202022");
    ComponentTrial trial = new ComponentTrial(List.of("liver", "kidney"));
    trial.add(predicted, reference, List.of("liver", "kidney"));
    // Liver: 3 of 3 and 4; without the island 3 of 3 and 3. Kidney: 3 of 5 and 3, or 2 of 5 and 2.
    assertEquals(
        Map.of(
            "liver", Map.of(0, List.of(6 / 7.0), 1, List.of(1.0), 2, List.of(6 / 7.0)),
            "kidney", Map.of(0, List.of(6 / 8.0), 1, List.of(4 / 7.0), 2, List.of(6 / 8.0))),
        trial.scores().dice());
    assertArrayEquals(map("11101002202000").classes(), predicted.classes());
  }

  @Test
  void organsThatAreNotAnnotatedOrNotThereHaveNoScore() {
    ComponentTrial trial = new ComponentTrial(List.of("liver", "kidney"));
    trial.add(map("1102"), map("1000"), List.of("kidney"));
    assertEquals(Map.of(), trial.scores().dice());
    trial.add(map("1102"), map("1000"), List.of("liver", "kidney"));
    assertEquals(List.of(2 / 3.0), trial.scores().dice().get("liver").get(0));
  }
}
