package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.TestSet;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.Volume;

class LabelMapTest {
  private static final Path FILE = Path.of("labelsTr", "abd07.nii.gz");

  private static Volume row(float... values) {
    return new Volume(new Grid(values.length, 1, 1, Affine.scaling(1, 1, 1)), values);
  }

  private static LabelMap liver(Integer... values) {
    return LabelMap.training(new DatasetSource("liver", Path.of("liver"), List.of(values)));
  }

  private static LabelMap multi() {
    List<OrganLabel> labels = List.of(new OrganLabel("spleen", 1), new OrganLabel("liver", 6));
    return LabelMap.test(new TestSet(Path.of("test"), labels), List.of("liver", "spleen"));
  }

  @Test
  void everyDeclaredValueIsTheOrgan() {
    assertArrayEquals(
        new float[] {0, 1, 1, 0}, liver(1, 2).classes(FILE, row(0, 2, 1, 0)).voxels());
  }

  @Test
  void testLabelsBecomeTheStudentsChannels() {
    assertArrayEquals(new float[] {0, 2, 1}, multi().classes(FILE, row(0, 1, 6)).voxels());
    assertArrayEquals(new byte[] {0, 2, 1}, multi().classMap(FILE, row(0, 1, 6)).classes());
    assertThrows(BadInputException.class, () -> multi().classMap(FILE, row(0, 1, 2)));
  }

  @Test
  void roundingOfAFractionalSlopeIsTolerated() {
    assertArrayEquals(new float[] {1, 0}, liver(1).classes(FILE, row(1.00002f, 1e-5f)).voxels());
  }

  @Test
  void undeclaredValueNamesTheElementTheValuesAndTheFile() {
    BadInputException e =
        assertThrows(BadInputException.class, () -> liver(1).classes(FILE, row(0, 1, 5, 2, 2)));
    assertEquals(
        FILE + " holds the label values 1, 2, 5, but <labelValues> of organ liver declares only 1.",
        e.problem());
    assertTrue(e.remedy().contains("<labelValues>"), e.remedy());
    BadInputException test =
        assertThrows(BadInputException.class, () -> multi().classes(FILE, row(0, 2)));
    assertEquals(
        FILE + " holds the label values 2, but <labels> of the test set declares only 1, 6.",
        test.problem());
  }

  @Test
  void aCtInPlaceOfALabelListsOnlySomeValues() {
    float[] values = new float[100];
    for (int i = 0; i < 100; i++) {
      values[i] = i - 50;
    }
    BadInputException e =
        assertThrows(BadInputException.class, () -> liver(1).classes(FILE, row(values)));
    assertTrue(e.problem().contains("-50, -49") && e.problem().contains("and others"), e.problem());
    assertTrue(e.problem().length() < 300, e.problem());
  }

  @Test
  void fractionIsNoLabel() {
    BadInputException e =
        assertThrows(BadInputException.class, () -> liver(1).classes(FILE, row(0, 1, 0.5f)));
    assertTrue(e.problem().startsWith(FILE + " holds the value 0.5, which is not"), e.problem());
  }
}
