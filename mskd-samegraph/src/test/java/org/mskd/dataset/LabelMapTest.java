package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.LabelGrid;
import org.mskd.experiment.LabelReading;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.ValueRange;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;
import org.mskd.volume.LabelValues;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

class LabelMapTest {
  @TempDir private Path folder;

  /** A label volume of one row. */
  private Path row(float... values) {
    Path file = folder.resolve("abd07.nii.gz");
    Grid grid = new Grid(values.length, 1, 1, Affine.scaling(1, 1, 1));
    NiftiWriter.write(file, new Volume(grid, values), VoxelType.FLOAT32);
    return file;
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
    assertArrayEquals(new byte[] {0, 1, 1, 0}, liver(1, 2).read(row(0, 2, 1, 0)).classes());
  }

  @Test
  void testLabelsBecomeTheStudentsChannels() {
    assertArrayEquals(new byte[] {0, 2, 1}, multi().read(row(0, 1, 6)).classes());
    assertThrows(BadInputException.class, () -> multi().read(row(0, 1, 2)));
  }

  @Test
  void roundingOfAFractionalSlopeIsTolerated() {
    assertArrayEquals(new byte[] {1, 0}, liver(1).read(row(1.00002f, 1e-5f)).classes());
  }

  @Test
  void undeclaredValueNamesTheElementTheValuesAndTheFile() {
    BadInputException e =
        assertThrows(BadInputException.class, () -> liver(1).read(row(0, 1, 5, 2, 2)));
    assertEquals(
        folder.resolve("abd07.nii.gz")
            + " holds the label values 1, 2, 5, but <labelValues> of organ liver declares only 1.",
        e.problem());
    assertTrue(e.remedy().contains("<labelValues>"), e.remedy());
    BadInputException test = assertThrows(BadInputException.class, () -> multi().read(row(0, 2)));
    assertEquals(
        folder.resolve("abd07.nii.gz")
            + " holds the label values 2, but <labels> of the test set declares only 1, 6.",
        test.problem());
  }

  @Test
  void aCtInPlaceOfALabelListsOnlySomeValues() {
    float[] values = new float[100];
    for (int i = 0; i < 100; i++) {
      values[i] = i - 50;
    }
    BadInputException e = assertThrows(BadInputException.class, () -> liver(1).read(row(values)));
    assertTrue(e.problem().contains("-50, -49") && e.problem().contains("and others"), e.problem());
    assertTrue(e.problem().length() < 300, e.problem());
  }

  /** Declared values and voxels have the same limit, in packages that do not use each other. */
  @Test
  void everyLabelValueCanBeDeclared() {
    assertEquals(LabelValues.LARGEST, ValueRange.LARGEST);
  }

  @Test
  void fractionIsNoLabel() {
    BadInputException e =
        assertThrows(BadInputException.class, () -> liver(1).read(row(0, 1, 0.5f)));
    assertTrue(
        e.problem()
            .startsWith(folder.resolve("abd07.nii.gz") + " holds the value 0.5, which is not"),
        e.problem());
  }

  /** AMOS labels the right kidney 2 and the left 3, and has twelve other organs. */
  @Test
  void severalValuesAreOneOrganAndOthersBackgroundOrIgnored() {
    List<OrganLabel> labels =
        List.of(new OrganLabel("kidney", List.of(2, 3)), new OrganLabel("liver", 6));
    LabelReading reading =
        new LabelReading(
            List.of(ValueRange.OTHERS), List.of(new ValueRange(14, 15)), LabelGrid.LABEL);
    LabelMap map =
        LabelMap.test(new TestSet(Path.of("t"), labels, reading), List.of("liver", "kidney"));
    byte ignored = (byte) ClassMap.IGNORED;
    assertArrayEquals(
        new byte[] {0, 2, 2, 1, 0, ignored, ignored, 0},
        map.read(row(0, 2, 3, 6, 1, 14, 15, 117)).classes());
  }

  /** Without a declaration nothing is taken silently, and the message says what to write. */
  @Test
  void undeclaredValuesNameTheElementThatDeclaresThem() {
    BadInputException e =
        assertThrows(BadInputException.class, () -> multi().read(row(0, 1, 6, 13)));
    assertTrue(e.remedy().contains("<backgroundValues>"), e.remedy());
    assertTrue(e.remedy().contains("<ignoreValues>"), e.remedy());
    DatasetSource liver =
        new DatasetSource(
            "liver",
            Path.of("liver"),
            List.of(6),
            new LabelReading(List.of(new ValueRange(1, 5)), List.of(), LabelGrid.LABEL));
    LabelMap map = LabelMap.training(liver);
    assertArrayEquals(new byte[] {0, 1, 0, 0}, map.read(row(0, 6, 1, 5)).classes());
    assertThrows(BadInputException.class, () -> map.read(row(0, 6, 7)));
  }
}
