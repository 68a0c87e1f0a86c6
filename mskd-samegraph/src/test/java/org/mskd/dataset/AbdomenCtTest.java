package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.LabelGrid;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TestSet;
import org.mskd.volume.Grid;
import org.mskd.volume.Orientation;
import org.mskd.volume.Volume;
import org.mskd.volume.Voxels;

/** Real scans, stored in different orientations, come out the same way up. */
class AbdomenCtTest {
  private static final List<String> ORGANS = List.of("liver", "spleen", "kidney", "pancreas");

  private static Path data() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("../shared/data/abdomen-ct"))) {
      folder = folder.getParent();
    }
    Assumptions.assumeTrue(folder != null, "no ../shared/data/abdomen-ct beside the repository");
    return folder.resolve("../shared/data/abdomen-ct").normalize();
  }

  private static Scan first(String organ) {
    DatasetSource source = new DatasetSource(organ, data().resolve(organ), List.of(1));
    Subject subject = DatasetFolder.training(source.directory()).get(0);
    return new SubjectReader(LabelMap.training(source), LabelGrid.LABEL).read(subject);
  }

  private static Volume canonical(Voxels voxels) {
    float[] all = new float[voxels.grid().size()];
    voxels.copy(0, all.length, all, 0);
    return Orientation.toCanonical(new Volume(voxels.grid(), all));
  }

  /** Centre of mass along a canonical axis as a part of the extent, 0..1, of chosen voxels. */
  private static double centre(Scan scan, int axis, boolean body) {
    Volume image = canonical(scan.image());
    Volume label = canonical(scan.classes().orElseThrow());
    Grid grid = image.grid();
    double sum = 0;
    long count = 0;
    for (int z = 0; z < grid.nz(); z++) {
      for (int y = 0; y < grid.ny(); y++) {
        for (int x = 0; x < grid.nx(); x++) {
          float value = (body ? image : label).at(x, y, z);
          if (body ? value > 200 : value == 1) {
            sum += new int[] {x, y, z}[axis];
            count++;
          }
        }
      }
    }
    assertTrue(count > 1000, scan.subject().id());
    return sum / count / (grid.extent(axis) - 1);
  }

  @Test
  void organsLieWhereAnatomyPutsThem() {
    Scan liver = first("liver");
    Scan kidney = first("kidney");
    assertEquals("SAL", Orientation.of(kidney.image().grid().affine()).code());
    Grid grid = canonical(kidney.image()).grid();
    assertEquals("RAS", Orientation.of(grid.affine()).code());
    assertEquals(256, grid.nx());
    assertEquals(kidney.image().grid().nx(), grid.nz());
    // The liver is on the patient's right, which is where x grows to; the kidneys on both sides.
    double kidneys = centre(kidney, 0, false);
    assertTrue(centre(liver, 0, false) > 0.55, "liver x " + centre(liver, 0, false));
    assertTrue(Math.abs(kidneys - 0.5) < 0.1, "kidneys x " + kidneys);
    assertTrue(centre(first("spleen"), 0, false) < 0.4, "spleen");
    for (Scan scan : List.of(liver, kidney)) {
      // Bone is mostly spine, and the spine is at the back, where y is small.
      assertTrue(centre(scan, 1, true) < 0.5, scan.subject().id() + " bone y");
    }
    // The kidneys lie behind the liver.
    assertTrue(centre(kidney, 1, false) < centre(liver, 1, false), "kidneys behind");
  }

  @Test
  void slicesShowTheScanAndComeBackToIt() {
    Scan kidney = first("kidney");
    Preprocessor preprocessor = new Preprocessor(new Preprocessing(128, -125, 275, List.of()));
    SliceGeometry geometry = preprocessor.geometry(Orientation.canonical(kidney.image().grid()));
    assertEquals(117, geometry.slices());
    float[] slices = preprocessor.toSlices(kidney.image());
    // 256 voxels to 128 pixels: each pixel is the mean of 2 x 2 clipped voxels.
    Volume image = canonical(kidney.image());
    Grid grid = image.grid();
    for (int[] at : new int[][] {{40, 64, 50}, {64, 30, 100}, {90, 77, 10}}) {
      double sum = 0;
      for (int n = 0; n < 4; n++) {
        float hu = image.at(2 * at[0] + n % 2, 2 * at[1] + n / 2, at[2]);
        sum += Math.max(-125, Math.min(275, hu));
      }
      double expected = (sum / 4 + 125) / 200 - 1;
      assertEquals(expected, slices[(at[2] * 128 + at[1]) * 128 + at[0]], 1e-4);
    }
    float[] organ = new float[slices.length];
    byte[] label = new byte[128 * 128];
    LabelSlices labels = preprocessor.labels(kidney.classes().orElseThrow(), geometry);
    for (int slice = 0; slice < geometry.slices(); slice++) {
      labels.slice(slice, label);
      for (int i = 0; i < label.length; i++) {
        organ[slice * label.length + i] = label[i];
      }
    }
    float[] back = WholeReturn.of(geometry, organ);
    Volume classes = canonical(kidney.classes().orElseThrow());
    long both = 0;
    long either = 0;
    for (int i = 0; i < grid.size(); i++) {
      boolean predicted = back[i] > 0.5;
      boolean marked = classes.voxels()[i] == 1;
      both += predicted && marked ? 2 : 0;
      either += (predicted ? 1 : 0) + (marked ? 1 : 0);
    }
    // Halving and doubling costs about half a voxel of a kidney's surface.
    assertTrue((double) both / either > 0.95, "Dice " + (double) both / either);
  }

  @Test
  void everySubjectPassesTheChecks() {
    for (String organ : List.of("liver", "pancreas")) {
      assertEquals(5, DatasetFolder.training(data().resolve(organ)).size());
    }
    List<OrganLabel> values =
        List.of(
            new OrganLabel("liver", 1),
            new OrganLabel("spleen", 2),
            new OrganLabel("kidney", 3),
            new OrganLabel("pancreas", 4));
    TestSet test = new TestSet(data().resolve("multi-organ-test"), values);
    SubjectReader reader = new SubjectReader(LabelMap.test(test, ORGANS), LabelGrid.LABEL);
    for (Subject subject : DatasetFolder.test(test.directory())) {
      Scan scan = reader.read(subject);
      for (int organ = 1; organ <= 4; organ++) {
        assertTrue(scan.count(organ) > 0, subject.id() + ", organ " + organ);
      }
    }
  }
}
