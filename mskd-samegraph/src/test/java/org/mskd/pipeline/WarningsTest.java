package org.mskd.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.plan.DataReport;
import org.mskd.pipeline.plan.FinishedRun;
import org.mskd.pipeline.request.Goal;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.SharedData;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** What preparing and checking say of sound phantoms, and of phantoms that were spoiled. */
class WarningsTest {
  private static final List<String> ORGANS = List.of("liver", "spleen", "kidney");
  @TempDir private static Path drawn;
  @TempDir private Path root;
  private DataSets sets;

  @BeforeAll
  static void draw() {
    DataSets.draw(drawn, ORGANS);
  }

  @BeforeEach
  void copy() throws IOException {
    DataSets.copy(drawn, root.resolve("data"));
    sets = new DataSets(root.resolve("data"), root.resolve("out"), ORGANS);
  }

  private static UnaryOperator<Volume> values(DoubleUnaryOperator change) {
    return volume -> {
      float[] voxels = volume.voxels().clone();
      for (int i = 0; i < voxels.length; i++) {
        voxels[i] = (float) Math.rint(change.applyAsDouble(voxels[i]));
      }
      return new Volume(volume.grid(), voxels);
    };
  }

  /** Dark air, bright fat, 0 to 1500. */
  private static double mr(double hu) {
    return hu < -300 ? (hu + 1024) / 20 : Math.min(1500, 200 + Math.abs(hu - 100) * 6);
  }

  /** Reverses axes; the affine stays. */
  private static UnaryOperator<Volume> reversed(String axes) {
    return volume -> {
      Grid grid = volume.grid();
      float[] voxels = new float[grid.size()];
      for (int i = 0; i < voxels.length; i++) {
        int x = i % grid.nx();
        int y = i / grid.nx() % grid.ny();
        int z = i / grid.nx() / grid.ny();
        voxels[i] =
            volume.at(
                axes.contains("x") ? grid.nx() - 1 - x : x,
                axes.contains("y") ? grid.ny() - 1 - y : y,
                axes.contains("z") ? grid.nz() - 1 - z : z);
      }
      return new Volume(grid, voxels);
    };
  }

  /** Every {@code step}-th slice from {@code from} to {@code to}, without {@code margin} voxels. */
  private static UnaryOperator<Volume> part(int from, int to, int step, int margin) {
    return volume -> {
      Grid all = volume.grid();
      Affine affine = all.affine();
      double[] rows = new double[12];
      double[] origin = affine.apply(margin, margin, from);
      for (int row = 0; row < 3; row++) {
        rows[4 * row] = affine.get(row, 0);
        rows[4 * row + 1] = affine.get(row, 1);
        rows[4 * row + 2] = affine.get(row, 2) * step;
        rows[4 * row + 3] = origin[row];
      }
      Grid grid =
          new Grid(
              all.nx() - 2 * margin,
              all.ny() - 2 * margin,
              (to - from + step - 1) / step,
              Affine.of(rows));
      float[] voxels = new float[grid.size()];
      for (int i = 0; i < voxels.length; i++) {
        int x = i % grid.nx();
        int y = i / grid.nx() % grid.ny();
        int z = i / grid.nx() / grid.ny();
        voxels[i] = volume.at(x + margin, y + margin, from + z * step);
      }
      return new Volume(grid, voxels);
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 128, 256})
  void soundPhantomsAreSilent(int sliceSize) throws IOException {
    sets.sliceSize = sliceSize;
    assertEquals(List.of(), sets.warnings());
    List<String> report = sets.report();
    assertEquals("5 data sets, 26 scans: 0 errors, 0 warnings.", report.get(report.size() - 1));
    assertTrue(report.stream().allMatch(line -> line.length() <= 100), report::toString);
    assertTrue(report.get(1).matches("liver +liver +4 +64 x 16 .* right"), report.get(1));
    assertTrue(report.get(2).matches("spleen +spleen +4 .* left"), report.get(2));
    // A head, one organ for each set, three each for the set of all organs and the test set.
    assertEquals(1 + 3 + 3 + 3 + 2, report.size());
  }

  /** With larger slices an organ has more pixels; nothing else depends on their size. */
  @Test
  void realScansAreSilent() throws IOException {
    Path data = SharedData.at("abdomen-ct");
    DataSets real =
        new DataSets(data, root.resolve("out"), List.of("liver", "spleen", "kidney", "pancreas"));
    // The report lists the warnings that preparing gives too.
    List<String> report = real.report();
    assertEquals("6 data sets, 44 scans: 0 errors, 0 warnings.", report.get(report.size() - 1));
  }

  @ParameterizedTest
  @CsvSource({
    "SHIFTED, UINT16, looks like HU + 1024",
    "BYTES, UINT8, looks windowed to 8 bits",
    "AIR, INT16, has the value -1000 in all voxels",
    "MR, INT16, looks like MR",
  })
  void aSetThatIsNoHuGivesOneWarning(String how, VoxelType type, String text) throws IOException {
    sets.changeAll(
        "liver/imagesTr",
        type,
        values(
            hu ->
                switch (how) {
                  case "SHIFTED" -> hu + 1024;
                  case "BYTES" -> Math.max(0, Math.min(255, (hu + 125) / 400 * 255));
                  case "AIR" -> -1000;
                  default -> mr(hu);
                }));
    List<String> about = sets.warnings().stream().filter(w -> w.contains(text)).toList();
    assertEquals(1, about.size(), about::toString);
    assertTrue(
        about.get(0).startsWith("imagesTr/liver-001.nii.gz of data set liver")
            && about.get(0).contains("3 other files are alike: imagesTr/liver-002.nii.gz"),
        about.get(0));
  }

  @Test
  void oneMrImageBesideCtIsNamed() throws IOException {
    Path file = sets.at("spleen/imagesTr/spleen-003.nii.gz");
    sets.change(file, file, VoxelType.INT16, values(hu -> mr(hu)));
    List<String> warnings = sets.warnings();
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(
        warnings.get(0).startsWith("imagesTr/spleen-003.nii.gz of data set spleen has values")
            && warnings.get(0).contains("looks like MR"),
        warnings.get(0));
    Files.writeString(sets.at("liver/dataset.json"), "{\"modality\": {\"0\": \"MRI\"}}");
    Files.writeString(sets.at("kidney/dataset.json"), "{\"channel_names\": {\"0\": \"CT\"}}");
    warnings = sets.warnings();
    assertEquals(1, warnings.stream().filter(w -> w.contains("modality MRI")).count());
    assertTrue(warnings.stream().anyMatch(w -> w.contains("dataset.json of data set liver")));
    assertFalse(warnings.stream().anyMatch(w -> w.contains("data set kidney")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "y", "z", "xy", "xz", "yz"})
  void aReversedSetLooksMirroredAndNoOtherDoes(String axes) throws IOException {
    sets.changeAll("spleen/imagesTr", VoxelType.INT16, reversed(axes));
    sets.changeAll("spleen/labelsTr", VoxelType.UINT8, reversed(axes));
    List<String> mirrored = sets.warnings().stream().filter(w -> w.contains(" looks ")).toList();
    assertEquals(1, mirrored.size(), mirrored::toString);
    assertTrue(mirrored.get(0).startsWith("Data set spleen looks "), mirrored.get(0));
    assertEquals(
        axes.contains("x"),
        mirrored.get(0).contains("left and right exchanged")
            || mirrored.get(0).contains("left and right, "),
        mirrored.get(0));
    assertEquals(axes.length() == 2, mirrored.get(0).contains("rotated by 180"), mirrored.get(0));
  }

  @ParameterizedTest
  @CsvSource({"LAST", "FIRST", "AIR", "NOISE", "MIRRORED", "TYPE", "SECOND"})
  void aNearlyEqualScanInTheTestSetIsNamed(String how) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    UnaryOperator<Volume> change =
        switch (how) {
          case "LAST" -> part(0, 15, 1, 0);
          case "FIRST" -> part(3, 16, 1, 0);
          case "AIR" -> part(0, 15, 1, 2);
          case "NOISE" -> values(hu -> hu + random.nextInt(-1, 2));
          case "MIRRORED" -> reversed("x");
          case "TYPE" -> part(1, 16, 1, 0);
          default -> part(0, 16, 2, 0);
        };
    VoxelType type = how.equals("TYPE") ? VoxelType.FLOAT64 : VoxelType.INT16;
    sets.change(
        sets.at("kidney/imagesTr/kidney-002.nii.gz"),
        sets.at("multi-organ-test/imagesTs/other.nii"),
        type,
        change);
    sets.change(
        sets.at("multi-organ-train/labelsTr/kidney-002.nii.gz"),
        sets.at("multi-organ-test/labelsTs/other.nii"),
        VoxelType.UINT8,
        how.equals("NOISE") ? volume -> volume : change);
    List<String> warnings = sets.warnings();
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(
        warnings
            .get(0)
            .startsWith(
                "Scans of data set kidney and of the test set are nearly equal, slice by slice:"
                    + " imagesTr/kidney-002.nii.gz and imagesTs/other.nii."),
        warnings.get(0));
    assertEquals(warnings, sets.warnings(), "repeated while nothing changes");
  }

  @Test
  void filesThatAreNotReadAreNamedAndHarmlessOnesAreNot() throws IOException {
    for (String harmless : List.of(".DS_Store", "notes.txt", "dataset.json", "README", "a.csv")) {
      Files.writeString(sets.at("liver/imagesTr").resolve(harmless), "{}");
    }
    assertEquals(List.of(), sets.warnings());
    Files.writeString(sets.at("liver/imagesTr/x.nrrd"), "NRRD0004");
    Files.writeString(sets.at("liver/labelsTr/x.mha"), "ObjectType = Image");
    Files.createDirectories(sets.at("liver/imagesTr/series1"));
    Files.writeString(sets.at("liver/imagesTr/series1/1.dcm"), "DICM");
    Files.createDirectories(sets.at("liver/imagesTr/empty"));
    List<String> warnings = sets.warnings();
    assertTrue(
        warnings
            .get(0)
            .startsWith(
                "In data set liver, 3 files or folders are not read: imagesTr/series1,"
                    + " imagesTr/x.nrrd, labelsTr/x.mha."),
        warnings::toString);
    Files.delete(sets.at("liver/imagesTr/x.nrrd"));
    Files.delete(sets.at("liver/labelsTr/x.mha"));
    Files.delete(sets.at("liver/imagesTr/series1/1.dcm"));
    assertEquals(List.of(), sets.warnings(), "the folder is looked at again");
  }

  @Test
  void aTestScanOfAnotherScaleIsNamed() throws IOException {
    Path file = sets.at("multi-organ-test/imagesTs/test-001.nii.gz");
    UnaryOperator<Volume> larger =
        volume -> {
          Grid g = volume.grid();
          return new Volume(
              new Grid(g.nx(), g.ny(), g.nz(), Affine.scaling(18, 18, 11)), volume.voxels());
        };
    sets.change(file, file, VoxelType.INT16, larger);
    Path label = sets.at("multi-organ-test/labelsTs/test-001.nii.gz");
    sets.change(label, label, VoxelType.UINT8, larger);
    List<String> warnings = sets.warnings();
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(
        warnings.get(0).startsWith("imagesTs/test-001.nii.gz of the test set has 18.0 mm between"),
        warnings.get(0));
  }

  @Test
  void errorsDoNotStopTheCheckButFailIt() throws IOException {
    Files.writeString(sets.at("liver/imagesTr/liver-002.nii.gz"), "no volume");
    sets.change(
        sets.at("liver/labelsTr/liver-003.nii.gz"),
        sets.at("liver/labelsTr/liver-003.nii.gz"),
        VoxelType.UINT8,
        values(value -> 7 * value));
    Files.copy(
        sets.at("kidney/imagesTr/kidney-002.nii.gz"),
        sets.at("multi-organ-test/imagesTs/other.nii.gz"));
    Files.copy(
        sets.at("multi-organ-train/labelsTr/kidney-002.nii.gz"),
        sets.at("multi-organ-test/labelsTs/other.nii.gz"));
    List<String> report = sets.report();
    // The unreadable image is also one of the set of all organs, which no method here uses.
    assertEquals("5 data sets, 27 scans: 4 errors, 0 warnings.", report.get(report.size() - 1));
    String text = String.join(" ", report).replaceAll(" +", " ");
    assertTrue(text.contains("1. error: imagesTr/liver-002.nii.gz"), text);
    assertTrue(text.contains("labelsTr/liver-003.nii.gz holds the label values"), text);
    assertTrue(
        text.contains("kidney-002.nii.gz of training set kidney and imagesTs/other.nii.gz"), text);
    assertFalse(text.contains("nearly equal"), text);
    String json = Files.readString(root.resolve("out/check-data/fingerprint.json"));
    assertFalse(json.contains(root.toString()), json);
    assertTrue(json.contains("\"schema\":1") && !json.contains("thumbnail"));
    assertEquals(Optional.empty(), FinishedRun.of(sets.request(Goal.CHECK_DATA)));
    try (EventLog events = EventLog.open(root.resolve("out"))) {
      assertEquals(ExitCode.BAD_INPUT, new DataReport(sets.request(Goal.CHECK_DATA)).check(events));
    }
  }

  @Test
  void aFinishedCheckIsShownAgainWithoutAWorker() throws IOException {
    Files.writeString(sets.at("liver/imagesTr/x.nrrd"), "NRRD0004");
    List<String> report = sets.report();
    List<Event> events = FinishedRun.of(sets.request(Goal.CHECK_DATA)).orElseThrow();
    assertTrue(events.contains(new Event.Message(report.get(1))), events::toString);
    assertTrue(
        events.contains(new Event.Message("5 data sets, 26 scans: 0 errors, 2 warnings.")),
        events::toString);
    try (EventLog log = EventLog.open(root.resolve("out"))) {
      assertEquals(ExitCode.DONE, new DataReport(sets.request(Goal.CHECK_DATA)).check(log));
    }
    assertTrue(Files.notExists(root.resolve("out/prepared")), "no slices");
  }
}
