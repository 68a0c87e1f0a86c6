package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.LabelGrid;
import org.mskd.experiment.Preprocessing;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

class HeaderWarningsTest {
  private static final Grid GRID = new Grid(8, 8, 2, Affine.scaling(1, 1, 3));

  @TempDir Path folder;
  private final List<Subject> subjects = new ArrayList<>();

  @BeforeEach
  void soundFiles() {
    float[] voxels = new float[GRID.size()];
    for (int i = 0; i < voxels.length; i += 3) {
      voxels[i] = 1;
    }
    for (String id : List.of("a", "b", "c")) {
      Path image = folder.resolve("liver/imagesTr/" + id + ".nii");
      Path label = folder.resolve("liver/labelsTr/" + id + ".nii");
      NiftiWriter.write(image, new Volume(GRID, voxels), VoxelType.INT16);
      NiftiWriter.write(label, new Volume(GRID, voxels), VoxelType.UINT8);
      subjects.add(new Subject(id, image, label));
    }
  }

  private Path change(String file, Consumer<ByteBuffer> change) throws IOException {
    Path path = folder.resolve("liver").resolve(file);
    byte[] bytes = Files.readAllBytes(path);
    change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return Files.write(path, bytes);
  }

  private static void noForm(ByteBuffer header) {
    header.putShort(252, (short) 0).putShort(254, (short) 0);
  }

  private static void lowOffset(ByteBuffer header) {
    header.putFloat(108, 0);
  }

  @Test
  void soundHeadersGiveNone() {
    assertEquals(List.of(), HeaderWarnings.of(subjects, LabelGrid.LABEL));
  }

  @Test
  void oneForEachKindNamesTheFirstFileAndTheOthers() throws IOException {
    Path first = change("imagesTr/a.nii", HeaderWarningsTest::noForm);
    change("labelsTr/a.nii", HeaderWarningsTest::noForm);
    change("imagesTr/c.nii", HeaderWarningsTest::noForm);
    Path low = change("imagesTr/b.nii", HeaderWarningsTest::lowOffset);
    List<String> warnings = HeaderWarnings.of(subjects, LabelGrid.LABEL);
    assertEquals(2, warnings.size());
    assertTrue(warnings.get(0).startsWith(first + " has no position in space"), warnings.get(0));
    assertTrue(
        warnings
            .get(0)
            .endsWith(
                ". 2 other files have headers of the same kind: labelsTr/a.nii, imagesTr/c.nii."),
        warnings.get(0));
    assertTrue(warnings.get(1).startsWith(low + " has vox_offset 0"), warnings.get(1));
    change("labelsTr/c.nii", HeaderWarningsTest::lowOffset);
    assertTrue(
        HeaderWarnings.of(subjects, LabelGrid.LABEL)
            .get(1)
            .endsWith(". 1 other file has a header of the same kind: labelsTr/c.nii."));
  }

  @Test
  void labelsInTheGridOfTheImageHaveNoPlaceOfTheirOwn() throws IOException {
    change("labelsTr/a.nii", HeaderWarningsTest::noForm);
    assertEquals(1, HeaderWarnings.of(subjects, LabelGrid.LABEL).size());
    assertEquals(List.of(), HeaderWarnings.of(subjects, LabelGrid.IMAGE));
    // Where the voxels begin matters all the same.
    change("labelsTr/b.nii", HeaderWarningsTest::lowOffset);
    assertEquals(1, HeaderWarnings.of(subjects, LabelGrid.IMAGE).size());
  }

  @Test
  void aPreparationReportsThem() throws IOException {
    change("imagesTr/b.nii", HeaderWarningsTest::noForm);
    List<String> warnings = new ArrayList<>();
    PreparationListener listener =
        new PreparationListener() {
          @Override
          public void subjectDone(String set, int done, int of) {}

          @Override
          public void warn(String warning) {
            warnings.add(warning);
          }
        };
    new Preparer(new Preprocessing(16, -125, 275, List.of()), folder.resolve("out"), listener)
        .training(new DatasetSource("liver", folder.resolve("liver"), List.of(1)));
    warnings.removeIf(warning -> !warning.contains(".nii has no position")); // voxels are no HU
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).contains("b.nii has no position in space"), warnings.get(0));
  }
}
