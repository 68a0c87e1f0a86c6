package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.LabelGrid;
import org.mskd.experiment.LabelReading;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.file.AtomicFile;
import org.mskd.file.FileSizeLimit;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiReader;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** Small sets of NIfTI files, prepared. Voxels run left, back, head: LPS. */
class PreparerTest {
  private static final Grid LPS =
      new Grid(32, 32, 4, Affine.of(-1, 0, 0, 31, 0, -1, 0, 31, 0, 0, 3, 0));
  private static final List<String> ORGANS = List.of("liver", "spleen");

  @TempDir Path folder;
  private final List<String> heard = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private Preparer preparer;

  @BeforeEach
  void sets() {
    preparer = preparer(16);
    subject("liver/imagesTr/a_0000.nii.gz", "liver/labelsTr/a.nii.gz", 1, 1);
    subject("liver/imagesTr/b.nii", "liver/labelsTr/b.nii", 2, 1);
    subject("spleen/imagesTr/c.nii", "spleen/labelsTr/c.nii", 3, 1);
    subject("multi/imagesTs/t.nii", "multi/labelsTs/t.nii", 4, 1);
    subject("multi/imagesTs/u.nii", "multi/labelsTs/u.nii", 5, 7);
  }

  private Preparer preparer(int sliceSize) {
    return new Preparer(
        new Preprocessing(sliceSize, -125, 275, List.of()),
        folder.resolve("out"),
        new PreparationListener() {
          @Override
          public void subjectDone(String set, int done, int of) {
            heard.add(set + " " + done + "/" + of);
          }

          @Override
          public void warn(String warning) {
            if (!warning.contains(" pixels per slice at ")) { // organs here have 4
              warnings.add(warning);
            }
          }
        });
  }

  /** Noise, and a 4 x 4 organ at the file's (2..5, 4..7) of slice 3. */
  private void subject(String image, String label, long seed, int value) {
    image(image, LPS, seed);
    float[] voxels = new float[LPS.size()];
    for (int y = 4; y < 8; y++) {
      for (int x = 2; x < 6; x++) {
        voxels[LPS.index(x, y, 3)] = value;
      }
    }
    write(label, new Volume(LPS, voxels), VoxelType.UINT8);
  }

  private void image(String file, Grid grid, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] voxels = new float[grid.size()];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = random.nextInt(-1000, 1000);
    }
    write(file, new Volume(grid, voxels), VoxelType.INT16);
  }

  private void write(String file, Volume volume, VoxelType type) {
    NiftiWriter.write(folder.resolve(file), volume, type);
  }

  private DatasetSource source(String organ) {
    return new DatasetSource(organ, folder.resolve(organ), List.of(1));
  }

  private TestSet testSet() {
    return new TestSet(
        folder.resolve("multi"), List.of(new OrganLabel("liver", 1), new OrganLabel("spleen", 7)));
  }

  private List<PreparedSet> training() {
    return ORGANS.stream().map(organ -> preparer.training(source(organ))).toList();
  }

  private PreparedSet all() {
    return preparer.test(testSet(), ORGANS, training());
  }

  private BadInputException refused() {
    BadInputException e = assertThrows(BadInputException.class, this::all);
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".part")).toList());
    } catch (IOException missing) {
      assertFalse(Files.exists(folder.resolve("out")));
    }
    return e;
  }

  @Test
  void everySetIsPreparedAndListed() {
    List<PreparedSet> training = training();
    PreparedSet test = preparer.test(testSet(), ORGANS, training);
    Path prepared = folder.resolve("out/prepared");
    assertEquals(
        List.of(
            new PreparedSet(
                "liver",
                List.of(prepared.resolve("liver/a.slices"), prepared.resolve("liver/b.slices"))),
            new PreparedSet("spleen", List.of(prepared.resolve("spleen/c.slices")))),
        training);
    assertEquals(
        new PreparedSet(
            "test", List.of(prepared.resolve("test/t.slices"), prepared.resolve("test/u.slices"))),
        test);
    assertEquals(List.of(), warnings);
    assertEquals(List.of("liver 1/2", "liver 2/2", "spleen 1/1", "test 1/2", "test 2/2"), heard);
    assertEquals(training.get(0), PreparedSet.read(prepared.resolve("liver")));
    assertEquals(test, PreparedSet.read(prepared.resolve("test")));
  }

  @Test
  void unlabelledImagesArePreparedWithoutTheirLabels() {
    image("ct/imagesTr/v_0000.nii.gz", LPS, 3); // the scan of spleen's c
    image("ct/imagesTr/w.nii", LPS, 8);
    write("ct/labelsTr/v.nii", new Volume(LPS, new float[LPS.size()]), VoxelType.UINT8);
    PreparedSet ct = preparer.unlabelled(new UnlabelledSource("ct", folder.resolve("ct")));
    Path prepared = folder.resolve("out/prepared/ct");
    assertEquals(
        new PreparedSet("ct", List.of(prepared.resolve("v.slices"), prepared.resolve("w.slices"))),
        ct);
    assertEquals(ct, PreparedSet.read(prepared));
    assertEquals(List.of("ct 1/2", "ct 2/2"), heard);
    PreparedSet spleen = preparer.training(source("spleen"));
    try (SliceStore image = SliceStore.open(ct.stores().get(0));
        SliceStore labelled = SliceStore.open(spleen.stores().get(0))) {
      assertFalse(image.labelled());
      assertEquals(0, image.annotatedSlices().length);
      assertEquals("imagesTr/v_0000.nii.gz", image.subject().image());
      float[] one = new float[256];
      float[] other = new float[256];
      for (int slice = 0; slice < 4; slice++) {
        image.image(slice, one, 0);
        labelled.image(slice, other, 0);
        assertArrayEquals(other, one, "slice " + slice);
      }
    }
  }

  @Test
  void anUnlabelledScanOfTheTestSetIsAnErrorToo() {
    image("ct/v.nii", LPS, 5); // the scan of test case u
    List<PreparedSet> training = new ArrayList<>(training());
    training.add(preparer.unlabelled(new UnlabelledSource("ct", folder.resolve("ct"))));
    BadInputException e =
        assertThrows(BadInputException.class, () -> preparer.test(testSet(), ORGANS, training));
    assertEquals(
        "ct/v.nii of training set ct and imagesTs/u.nii of the test set are the same scan: their"
            + " voxels are equal.",
        e.problem());
  }

  @Test
  void whatIsWrongWithAnUnlabelledImageIsNamed() throws IOException {
    float[] voxels = new float[LPS.size()];
    voxels[33] = Float.POSITIVE_INFINITY;
    write("ct/v.nii", new Volume(LPS, voxels), VoxelType.FLOAT32);
    UnlabelledSource ct = new UnlabelledSource("ct", folder.resolve("ct"));
    BadInputException e = assertThrows(BadInputException.class, () -> preparer.unlabelled(ct));
    assertEquals(
        folder.resolve("ct/v.nii")
            + " has 1 voxel that is NaN or infinite, the first at index (1, 1, 0).",
        e.problem());
    Files.writeString(folder.resolve("ct/v.nii"), "no volume");
    e = assertThrows(BadInputException.class, () -> preparer.unlabelled(ct));
    assertTrue(e.problem().contains(folder.resolve("ct/v.nii").toString()), e.problem());
    UnlabelledSource test = new UnlabelledSource("TEST", folder.resolve("ct"));
    e = assertThrows(BadInputException.class, () -> preparer.unlabelled(test));
    assertTrue(e.problem().startsWith("<name> is TEST"), e.problem());
  }

  @Test
  void storesAreCanonicalAndRecordThePreparation() {
    PreparedSet liver = preparer.training(source("liver"));
    try (SliceStore store = SliceStore.open(liver.stores().get(0))) {
      PreparedSubject subject = store.subject();
      assertEquals("a", subject.id());
      assertEquals("imagesTr/a_0000.nii.gz", subject.image());
      assertEquals("LPS", subject.orientation());
      assertEquals(List.of(32, 32, 4), subject.sourceDimensions());
      assertEquals(List.of(1.0, 1.0, 3.0), subject.sourceSpacing());
      assertEquals(List.of(3), subject.annotatedSlices());
      byte[] label = new byte[256];
      store.label(3, label, 0);
      // x 2..5 from the right are 26..29 from the left, pixels 13 and 14; y 4..7 rows 12 and 13.
      for (int i = 0; i < 256; i++) {
        int row = i / 16;
        int column = i % 16;
        boolean organ = row >= 12 && row <= 13 && column >= 13 && column <= 14;
        assertEquals(organ ? 1 : 0, label[i], "pixel " + i);
      }
    }
    PreparedSet test = all();
    assertFalse(SliceStore.subject(test.stores().get(0)).labelled());
  }

  @Test
  void whatAnEarlierRunLeftIsRemovedAndOtherFilesStay() throws IOException {
    Path liver = folder.resolve("out/prepared/liver");
    Files.createDirectories(liver);
    Files.writeString(liver.resolve("gone.slices"), "old");
    Files.writeString(liver.resolve("a.slices.part"), "half, of an earlier version");
    Files.writeString(liver.resolve(".a.slices.0123456789abcdef.part"), "half");
    Files.writeString(liver.resolve(".set.json.fedcba9876543210.part"), "half");
    Files.writeString(liver.resolve("b.slices"), "old");
    Files.writeString(liver.resolve("notes.txt"), "mine");
    preparer.training(source("liver"));
    try (Stream<Path> files = Files.list(liver)) {
      assertEquals(
          List.of("a.slices", "b.slices", "notes.txt", "set.json"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    SliceStore.open(liver.resolve("b.slices")).close();
  }

  @Test
  void interruptedSetIsNotUsed() {
    Path liver = folder.resolve("out/prepared/liver");
    preparer.training(source("liver"));
    PreparedSet.read(liver);
    Preparer interrupted =
        new Preparer(
            new Preprocessing(32, -125, 275, List.of()),
            folder.resolve("out"),
            (set, done, of) -> {
              throw new IllegalStateException("cancelled");
            });
    assertThrows(IllegalStateException.class, () -> interrupted.training(source("liver")));
    BadInputException e = assertThrows(BadInputException.class, () -> PreparedSet.read(liver));
    assertTrue(e.problem().startsWith(liver.toString()), e.problem());
  }

  @Test
  void listingThatLeadsElsewhereIsNotUsed() throws IOException {
    PreparedSet set = preparer.training(source("spleen"));
    Path spleen = set.stores().get(0).getParent();
    String escape = "{\"name\":\"spleen\",\"stores\":[\"../liver/a.slices\"]}";
    Files.writeString(spleen.resolve("set.json"), escape);
    assertThrows(BadInputException.class, () -> PreparedSet.read(spleen));
    preparer.training(source("spleen"));
    Files.delete(set.stores().get(0));
    BadInputException e = assertThrows(BadInputException.class, () -> PreparedSet.read(spleen));
    assertEquals(set.stores().get(0) + " is missing.", e.problem());
  }

  /** A scan without the organ is a valid negative example (nnU-Net and MONAI take it, too). */
  @Test
  void someLabelsMayBeEmptyButNotAll() {
    Volume nothing = new Volume(LPS, new float[LPS.size()]);
    write("liver/labelsTr/b.nii", nothing, VoxelType.UINT8);
    PreparedSet liver = preparer.training(source("liver"));
    assertEquals(
        List.of(
            "liver: 1 of 2 labels mark no voxel (b). These scans are used as negative examples; if"
                + " the organ is visible in them, correct their labels or <labelValues>."),
        warnings);
    assertEquals(List.of(), SliceStore.subject(liver.stores().get(1)).annotatedSlices());
    write("liver/labelsTr/a.nii.gz", nothing, VoxelType.UINT8);
    assertEquals(
        "No label of " + folder.resolve("liver") + " marks liver: all 2 are empty.",
        refused().problem());
  }

  /** Same dimensions, spacing 1, origin 0: a header that an annotation tool lost. */
  @Test
  void aLabelWithALostHeaderNeedsTheSwitch() throws IOException {
    byte[] right = labelOfB(preparer.training(source("liver")));
    Volume label = NiftiReader.read(folder.resolve("liver/labelsTr/b.nii"));
    Grid lost = new Grid(32, 32, 4, Affine.scaling(1, 1, 1));
    write("liver/labelsTr/b.nii", new Volume(lost, label.voxels()), VoxelType.UINT8);
    assertTrue(refused().problem().contains("are of different grids"));
    LabelReading byIndex = new LabelReading(List.of(), List.of(), LabelGrid.IMAGE);
    DatasetSource source = new DatasetSource("liver", folder.resolve("liver"), List.of(1), byIndex);
    assertArrayEquals(right, labelOfB(preparer.training(source)));
    // Not even a usable position is needed: sform_code 1 with srow all 0, and no qform.
    byte[] unplaced = Files.readAllBytes(folder.resolve("liver/labelsTr/b.nii"));
    Arrays.fill(unplaced, 280, 328, (byte) 0);
    Arrays.fill(unplaced, 252, 254, (byte) 0);
    Files.write(folder.resolve("liver/labelsTr/b.nii"), unplaced);
    assertArrayEquals(right, labelOfB(preparer.training(source)));
    assertTrue(refused().problem().contains("no usable position in space"));
    Grid shorter = new Grid(32, 32, 3, LPS.affine());
    write("liver/labelsTr/b.nii", new Volume(shorter, new float[shorter.size()]), VoxelType.UINT8);
    BadInputException e = assertThrows(BadInputException.class, () -> preparer.training(source));
    assertTrue(e.problem().contains("32x32x4 voxels") && e.problem().contains("32x32x3"));
  }

  private static byte[] labelOfB(PreparedSet set) {
    try (SliceStore store = SliceStore.open(set.stores().get(1))) {
      assertArrayEquals(new int[] {3}, store.annotatedSlices());
      byte[] label = new byte[store.size() * store.size()];
      store.label(3, label, 0);
      return label;
    }
  }

  @Test
  void organMayBeAbsentFromACaseButNotFromAll() {
    // Each case of the test set shows one organ only, and that is fine.
    all();
    subject("multi/imagesTs/u.nii", "multi/labelsTs/u.nii", 5, 1);
    assertEquals(
        "No case of the test set " + folder.resolve("multi") + " shows spleen.",
        refused().problem());
  }

  @Test
  void undeclaredValueIsNamed() {
    subject("liver/imagesTr/b.nii", "liver/labelsTr/b.nii", 2, 2);
    assertTrue(refused().problem().contains("<labelValues> of organ liver"), refused().problem());
    subject("liver/imagesTr/b.nii", "liver/labelsTr/b.nii", 2, 1);
    subject("multi/imagesTs/t.nii", "multi/labelsTs/t.nii", 4, 3);
    assertTrue(refused().problem().contains("<labels> of the test set"), refused().problem());
  }

  @Test
  void otherGridIsNamed() {
    Grid shifted = new Grid(32, 32, 4, Affine.of(-1, 0, 0, 31, 0, -1, 0, 31, 0, 0, 3, 5));
    image("liver/imagesTr/b.nii", shifted, 2);
    BadInputException e = refused();
    assertTrue(
        e.problem().contains(folder.resolve("liver/labelsTr/b.nii").toString()), e.problem());
    assertTrue(e.problem().contains("different grids"), e.problem());
  }

  @Test
  void labelInAnotherVoxelOrderIsTheSameGrid() {
    Grid ras = new Grid(32, 32, 4, Affine.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 3, 0));
    float[] voxels = new float[ras.size()];
    voxels[ras.index(0, 0, 0)] = 1;
    voxels[ras.index(1, 0, 0)] = 1;
    voxels[ras.index(0, 1, 0)] = 1;
    write("spleen/labelsTr/c.nii", new Volume(ras, voxels), VoxelType.UINT8);
    PreparedSet spleen = preparer.training(source("spleen"));
    try (SliceStore store = SliceStore.open(spleen.stores().get(0))) {
      byte[] label = new byte[256];
      store.label(0, label, 0);
      assertEquals(1, label[0]);
    }
  }

  @Test
  void nanIsNamed() {
    float[] voxels = new float[LPS.size()];
    voxels[5] = Float.NaN;
    write("spleen/imagesTr/c.nii", new Volume(LPS, voxels), VoxelType.FLOAT32);
    assertEquals(
        folder.resolve("spleen/imagesTr/c.nii")
            + " has 1 voxel that is NaN or infinite, the first at index (5, 0, 0).",
        refused().problem());
  }

  @Test
  void truncatedFileIsNamed() throws IOException {
    Path file = folder.resolve("liver/imagesTr/b.nii");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 100));
    assertTrue(refused().problem().contains(file.toString()), refused().problem());
    assertThrows(
        BadInputException.class, () -> PreparedSet.read(folder.resolve("out/prepared/liver")));
  }

  @Test
  void scanThatDoesNotFitIsNamed() {
    Preparer fine =
        new Preparer(
            new Preprocessing(16, -125, 275, List.of(1.0)), folder.resolve("out"), (s, d, o) -> {});
    BadInputException e =
        assertThrows(BadInputException.class, () -> fine.training(source("liver")));
    assertTrue(
        e.problem().startsWith(folder.resolve("liver/imagesTr/a_0000.nii.gz") + ": A scan of"),
        e.problem());
  }

  @Test
  void organSmallerThanAPixelEverywhereIsAnError() {
    float[] voxels = new float[LPS.size()];
    voxels[0] = 1;
    write("spleen/labelsTr/c.nii", new Volume(LPS, voxels), VoxelType.UINT8);
    assertTrue(refused().problem().contains("<sliceSize> 16"), refused().problem());
    assertEquals(
        List.of(0),
        SliceStore.subject(preparer(32).training(source("spleen")).stores().get(0))
            .annotatedSlices());
  }

  @Test
  void organNamedLikeTheTestFolderIsRefused() {
    DatasetSource test = new DatasetSource("Test", folder.resolve("liver"), List.of(1));
    BadInputException e = assertThrows(BadInputException.class, () -> preparer.training(test));
    assertTrue(e.problem().startsWith("<organ> is Test"), e.problem());
  }

  @Test
  void samePatientInTrainingAndTestIsAnErrorWhateverTheFile() {
    // The same scan as spleen's c, stored as float in another order: right, front, head.
    SplittableRandom random = new SplittableRandom(3);
    Grid ras = new Grid(32, 32, 4, Affine.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 3, 0));
    float[] voxels = new float[ras.size()];
    for (int z = 0; z < 4; z++) {
      for (int y = 31; y >= 0; y--) {
        for (int x = 31; x >= 0; x--) {
          voxels[ras.index(x, y, z)] = random.nextInt(-1000, 1000);
        }
      }
    }
    write("multi/imagesTs/u.nii", new Volume(ras, voxels), VoxelType.FLOAT32);
    assertEquals(
        "imagesTr/c.nii of training set spleen and imagesTs/u.nii of the test set are the same"
            + " scan: their voxels are equal.",
        refused().problem());
    assertThrows(
        BadInputException.class, () -> PreparedSet.read(folder.resolve("out/prepared/test")));
  }

  @Test
  void sameNameAloneWarns() {
    subject("multi/imagesTs/c.nii", "multi/labelsTs/c.nii", 9, 1);
    all();
    assertEquals(1, warnings.size());
    assertTrue(
        warnings
            .get(0)
            .startsWith("Training set spleen and the test set both have subjects named c,"),
        warnings.get(0));
  }

  @Test
  void trainingSetsMayShareAPatient() {
    subject("spleen/imagesTr/a.nii", "spleen/labelsTr/a.nii", 1, 1);
    List<PreparedSet> training = training();
    preparer.test(testSet(), ORGANS, training);
    assertEquals(List.of(), warnings);
    assertEquals(
        SliceStore.subject(training.get(0).stores().get(0)).voxelDigest(),
        SliceStore.subject(training.get(1).stores().get(0)).voxelDigest());
  }

  @Test
  void equalRunsGiveEqualBytes() throws IOException {
    Path store = preparer.training(source("liver")).stores().get(0);
    byte[] first = Files.readAllBytes(store);
    preparer.training(source("liver"));
    assertEquals(-1, Arrays.mismatch(first, Files.readAllBytes(store)));
  }

  @Test
  void aFullDiskLeavesNoPreparedSet() throws IOException {
    preparer.training(source("liver"));
    Path liver = folder.resolve("out/prepared/liver");
    // The first subject's listener call fills the disk for the second.
    List<FileSizeLimit> full = new ArrayList<>();
    Preparer filling =
        new Preparer(
            new Preprocessing(16, -125, 275, List.of()),
            folder.resolve("out"),
            (set, done, of) -> full.add(new FileSizeLimit(64)));
    BadInputException e;
    try {
      e = assertThrows(BadInputException.class, () -> filling.training(source("liver")));
    } finally {
      full.forEach(FileSizeLimit::close);
    }
    assertTrue(e.problem().startsWith(liver.resolve("b.slices") + " could not"), e.problem());
    try (Stream<Path> files = Files.list(liver)) {
      assertEquals(List.of(), files.filter(AtomicFile::isTemporary).toList());
    }
    assertThrows(BadInputException.class, () -> PreparedSet.read(liver));
  }
}
