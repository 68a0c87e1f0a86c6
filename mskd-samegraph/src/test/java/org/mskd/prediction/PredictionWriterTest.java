package org.mskd.prediction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.OrganLabel;
import org.mskd.volume.Affine;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;
import org.mskd.volume.ImageHeader;
import org.mskd.volume.NiftiReader;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

class PredictionWriterTest {
  private static final List<String> ORGANS = List.of("liver", "spleen", "kidney", "pancreas");

  @TempDir Path folder;

  private static int[] values(OrganLabel... labels) {
    return new PredictionWriter(ORGANS, List.of(labels)).values();
  }

  @Test
  void organsHaveTheirDeclaredValuesInTheOrderOfTheClasses() {
    assertArrayEquals(
        new int[] {0, 6, 1, 3, 9},
        values(
            new OrganLabel("spleen", 1),
            new OrganLabel("kidney", 3),
            new OrganLabel("liver", 6),
            new OrganLabel("pancreas", 9)));
  }

  @Test
  void otherOrgansHaveTheSmallestFreeValues() {
    assertArrayEquals(
        new int[] {0, 2, 65535, 1, 3},
        values(new OrganLabel("spleen", 65535), new OrganLabel("kidney", 1)));
  }

  @Test
  void theFileLiesOnTheScan() {
    // The file's axes run to the head, to the front and to the left.
    Grid scan = new Grid(2, 1, 3, Affine.of(0, 0, -1, 5, 0, 2, 0, 0, 4, 0, 0, 0));
    Grid canonical = new Grid(3, 1, 2, Affine.of(1, 0, 0, 3, 0, 2, 0, 0, 0, 0, 4, 0));
    Path file = folder.resolve("predictions/mskd/a.nii.gz");
    Path image = folder.resolve("a.nii");
    NiftiWriter.write(image, new Volume(scan, new float[6]), VoxelType.INT16);
    ImageHeader header = NiftiReader.readHeader(image);
    new PredictionWriter(
            ORGANS, List.of(new OrganLabel("liver", 65535), new OrganLabel("pancreas", 1)))
        .write(file, new ClassMap(canonical, new byte[] {0, 1, 2, 3, 4, 0}), header);
    Volume written = NiftiReader.read(file);
    assertEquals(scan, written.grid());
    // Liver 65535, spleen 2, kidney 3, pancreas 1; canonical (x, z) lies at the file's (z, 2 - x).
    assertArrayEquals(new float[] {2, 0, 65535, 1, 0, 3}, written.voxels());
    ImageHeader label = NiftiReader.readHeader(file);
    assertEquals(header.forms(), label.forms());
    assertEquals(VoxelType.UINT16, label.type());
    write(file, 256, canonical, header);
    assertEquals(VoxelType.UINT16, NiftiReader.readHeader(file).type());
    write(file, 255, canonical, header);
    assertEquals(VoxelType.UINT8, NiftiReader.readHeader(file).type());
    assertArrayEquals(new float[] {2, 0, 255, 1, 0, 3}, NiftiReader.read(file).voxels());
  }

  private static void write(Path file, int liver, Grid canonical, ImageHeader header) {
    new PredictionWriter(
            ORGANS, List.of(new OrganLabel("liver", liver), new OrganLabel("pancreas", 1)))
        .write(file, new ClassMap(canonical, new byte[] {0, 1, 2, 3, 4, 0}), header);
  }
}
