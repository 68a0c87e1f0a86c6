package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Prediction;
import org.mskd.experiment.Preprocessing;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.plan.FinishedRun;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** What {@code mskd:predict} says of a scan, beside the scans that its model was trained on. */
class PredictWarningsTest {
  @TempDir private Path root;
  private Path model;

  /** Trained on scans of 32 x 32 voxels of 2 mm, slices 5 mm apart. */
  @BeforeEach
  void give() {
    model = root.resolve("model/student.mskd");
    Map<String, Object> geometry =
        Map.of("nx", 32, "ny", 32, "nz", 6, "spacingX", 2.0, "spacingY", 2.0, "spacingZ", 5.0);
    PixelNetworks.write(
        model,
        ModelKind.STUDENT,
        List.of("liver"),
        new Preprocessing(32, -125, 275, List.of()),
        32,
        new float[] {0, 4},
        new float[] {0, -2.8f},
        List.of(Map.of("geometry", geometry)));
  }

  private Path scan(String name, double sliceMm, int shift) {
    Grid grid = new Grid(32, 32, 6, Affine.scaling(2, 2, sliceMm));
    float[] voxels = new float[grid.size()];
    Arrays.fill(voxels, -1000 + shift);
    for (int i = 0; i < voxels.length; i += 3) {
      voxels[i] = 60 + shift;
    }
    Path file = root.resolve("scans").resolve(name);
    NiftiWriter.write(file, new Volume(grid, voxels), VoxelType.INT16);
    return file;
  }

  private WorkerRequest request() {
    return WorkerRequest.of(Goal.PREDICT, root.resolve("out"))
        .withBackend("cpu", new TreeMap<>())
        .withPrediction(new Prediction(model, root.resolve("scans"), List.of(), false, 4));
  }

  private List<String> warnings() throws IOException {
    return EventTexts.warnings(StageRuns.run(request()));
  }

  @Test
  void scansLikeThoseOfTheTrainingAreSilent() throws IOException {
    scan("a.nii", 5, 0);
    scan("b.nii", 10, 0);
    Files.writeString(root.resolve("scans/dataset.json"), "{\"channel_names\": {\"0\": \"CT\"}}");
    assertEquals(List.of(), warnings());
  }

  @Test
  void valuesAndSpacingAreNamedForEachScan() throws IOException {
    scan("a.nii", 5, 1024);
    scan("b.nii", 10.1, 0);
    List<String> warnings = warnings();
    assertEquals(2, warnings.size(), warnings::toString);
    assertTrue(
        warnings.get(0).startsWith("scans/a.nii of <input> has values from 24 to 1084: it looks"),
        warnings.get(0));
    assertTrue(
        warnings
            .get(1)
            .startsWith("scans/b.nii of <input> has 10.1 mm between slices (training: 5.00)"),
        warnings.get(1));
    assertEquals(
        warnings, EventTexts.warnings(FinishedRun.of(request()).orElseThrow()), "repeated");
  }

  @Test
  void whatElseLiesInTheFolderIsNamed() throws IOException {
    scan("a.nii", 5, 0);
    Files.writeString(root.resolve("scans/b.mha"), "ObjectType = Image");
    Files.writeString(root.resolve("scans/dataset.json"), "{\"modality\": {\"0\": \"T2\"}}");
    List<String> warnings = warnings();
    assertEquals(2, warnings.size(), warnings::toString);
    assertTrue(
        warnings.get(0).startsWith("In <input>, 1 file or folder is not read: scans/b.mha."),
        warnings.get(0));
    assertTrue(warnings.get(1).contains("names the modality T2"), warnings.get(1));
    Files.delete(root.resolve("scans/b.mha"));
    assertEquals(1, warnings().size());
  }
}
