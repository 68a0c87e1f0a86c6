package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.TestSet;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.RunSettings;
import org.mskd.pipeline.stage.StageGraph;
import org.mskd.pipeline.stage.StageRunner;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/**
 * A set of four scans and a test set of two, prepared again after changes. A reused store is the
 * same file of the file system as before; a preprocessed one is a new file.
 */
class ReusedScansTest {
  private static final Grid GRID =
      new Grid(32, 32, 4, Affine.of(-1, 0, 0, 31, 0, -1, 0, 31, 0, 0, 3, 0));

  @TempDir Path root;
  private SmallExperiment experiment;

  @BeforeEach
  void scans() throws IOException {
    experiment = new SmallExperiment(root.resolve("data"));
    experiment.organs = List.of("pancreas");
    experiment.testSet =
        Optional.of(
            new TestSet(experiment.root.resolve("cases"), List.of(new OrganLabel("pancreas", 1))));
    for (String id : List.of("a", "b", "c", "d")) {
      scan("pancreas", "Tr", id, id.hashCode(), 1);
    }
    scan("cases", "Ts", "t", 200, 1);
    scan("cases", "Ts", "u", 201, 0);
  }

  /** Noise, with 4 x 4 voxels of a label value in slice 2. */
  private void scan(String set, String folder, String id, long seed, int value) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] image = new float[GRID.size()];
    float[] label = new float[GRID.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextInt(-1000, 1000);
    }
    for (int i = 0; i < 16; i++) {
      label[GRID.index(8 + i % 4, 8 + i / 4, 2)] = value;
    }
    write(set + "/images" + folder + "/" + id + ".nii", image, VoxelType.INT16);
    write(set + "/labels" + folder + "/" + id + ".nii", label, VoxelType.UINT8);
  }

  private void write(String file, float[] voxels, VoxelType type) {
    NiftiWriter.write(experiment.root.resolve(file), new Volume(GRID, voxels), type);
  }

  private String prepare(Path output, String... rerun) throws IOException {
    RunOptions options = new RunOptions(250, List.of(rerun), false, 1, 1);
    StageContext context =
        new StageContext(
            experiment.experiment(), new ExperimentFolders(output), 1, new TreeMap<>(), options);
    Files.createDirectories(output);
    Path log = root.resolve("log");
    Files.deleteIfExists(EventLog.fileIn(log));
    try (EventLog events = EventLog.open(log)) {
      new StageRunner(new RunSettings(output, events, new FileDigests()).forcing(Set.of(rerun)))
          .complete()
          .run(
              new StageGraph(
                  List.of(
                      new PrepareStage(context, context.experiment().datasets().get(0)),
                      new PrepareTestStage(
                          context, context.experiment().testSet().orElseThrow()))));
    }
    return Files.readString(EventLog.fileIn(log));
  }

  private Path output() {
    return root.resolve("out");
  }

  private Path stores() {
    return output().resolve("prepared/pancreas");
  }

  private static Map<String, Object> files(Path folder) throws IOException {
    Map<String, Object> keys = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        keys.put(
            folder.relativize(file).toString(),
            Files.readAttributes(file, BasicFileAttributes.class).fileKey());
      }
    }
    return keys;
  }

  /** The stores of the training set that are other files than before. */
  private Set<String> made(Map<String, Object> before) throws IOException {
    Set<String> made = new TreeSet<>();
    files(stores())
        .forEach(
            (name, key) -> {
              if (name.endsWith(".slices") && !before.containsValue(key)) {
                made.add(name);
              }
            });
    return made;
  }

  /** The output directory holds the bytes of a preparation from nothing, and no intermediate. */
  private void assertAsFromNothing() throws IOException {
    Path other = root.resolve("fresh");
    prepare(other);
    assertEquals(files(other).keySet(), files(output()).keySet());
    for (String file : files(other).keySet()) {
      assertArrayEquals(
          Files.readAllBytes(other.resolve(file)),
          Files.readAllBytes(output().resolve(file)),
          file);
    }
  }

  @Test
  void oneChangedScanIsPreparedAgain() throws IOException {
    prepare(output());
    Map<String, Object> before = files(stores());
    scan("pancreas", "Tr", "c", 7, 1);
    String log = prepare(output());
    assertEquals(Set.of("c.slices"), made(before));
    assertTrue(
        log.contains("prepare pancreas: image c.nii changed: 1 of 4 scans prepared again"), log);
    assertTrue(log.contains(": 0 of 2 scans prepared again"), log);
    assertAsFromNothing();
  }

  @Test
  void oneMoreScanIsPreparedAndARemovedOneIsGone() throws IOException {
    prepare(output());
    Map<String, Object> before = files(stores());
    scan("pancreas", "Tr", "e", 8, 1);
    Files.delete(experiment.root.resolve("pancreas/imagesTr/a.nii"));
    Files.delete(experiment.root.resolve("pancreas/labelsTr/a.nii"));
    prepare(output());
    assertEquals(Set.of("e.slices"), made(before));
    assertFalse(Files.exists(stores().resolve("a.slices")));
    assertAsFromNothing();
  }

  @Test
  void aRenamedScanIsPreparedAgainAsItsNameIsRecorded() throws IOException {
    prepare(output());
    Map<String, Object> before = files(stores());
    for (String folder : List.of("pancreas/imagesTr/", "pancreas/labelsTr/")) {
      Path folderPath = experiment.root.resolve(folder);
      Files.move(folderPath.resolve("b.nii"), folderPath.resolve("z.nii"));
    }
    prepare(output());
    assertEquals(Set.of("z.slices"), made(before));
    assertAsFromNothing();
  }

  @Test
  void otherPreprocessingReusesNothing() throws IOException {
    prepare(output());
    Map<String, Object> before = files(stores());
    experiment.preprocessing = new org.mskd.experiment.Preprocessing(32, -100, 275, List.of());
    prepare(output());
    assertEquals(Set.of("a.slices", "b.slices", "c.slices", "d.slices"), made(before));
    assertAsFromNothing();
  }

  @Test
  void aDamagedStoreIsMadeAgain() throws IOException {
    prepare(output());
    flip(stores().resolve("b.slices"));
    Map<String, Object> before = files(stores());
    prepare(output());
    assertEquals(Set.of("b.slices"), made(before));
    assertAsFromNothing();
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.delete(file);
    Files.write(file, bytes);
  }

  @Test
  void aStageThatIsNamedToRunAgainReusesNothing() throws IOException {
    prepare(output());
    Map<String, Object> before = files(stores());
    String log = prepare(output(), "prepare/pancreas");
    assertEquals(4, made(before).size());
    assertTrue(log.contains("4 of 4 scans prepared again"), log);
    assertAsFromNothing();
  }

  private Map<String, Object> interruptedAtTheLastScan() throws IOException {
    float[] undeclared = new float[GRID.size()];
    undeclared[0] = 9;
    write("pancreas/labelsTr/d.nii", undeclared, VoxelType.UINT8);
    BadInputException e = assertThrows(BadInputException.class, () -> prepare(output()));
    assertTrue(e.problem().contains("d.nii holds the label values 9"), e.problem());
    scan("pancreas", "Tr", "d", "d".hashCode(), 1);
    return files(output().resolve("checkpoints"));
  }

  @Test
  void finishedScansOfAnInterruptedRunAreReused() throws IOException {
    Map<String, Object> finished = interruptedAtTheLastScan();
    assertEquals(3, finished.size());
    String log = prepare(output());
    assertEquals(Set.of("d.slices"), made(finished));
    assertTrue(
        log.contains("prepare pancreas: 3 of 4 scans were prepared by an interrupted run"), log);
    assertAsFromNothing();
  }

  /** The next run finds the stage's result up to date, and the intermediates are of no use. */
  @Test
  void intermediatesOfAResultThatWasFinishedButNotInstalledAreRemoved() throws IOException {
    interruptedAtTheLastScan();
    Path parts = output().resolve("checkpoints/prepare/pancreas");
    Path aside = Files.move(parts, root.resolve("aside"));
    prepare(output());
    Path work = Files.createDirectories(output().resolve(".work/prepare/pancreas"));
    Files.move(stores(), Files.createDirectories(work.resolve("prepared")).resolve("pancreas"));
    Files.move(output().resolve("stages/prepare/pancreas.json"), work.resolve("stamp.json"));
    Files.createDirectories(parts.getParent());
    Files.move(aside, parts);
    Map<String, Object> before = files(work.resolve("prepared/pancreas"));
    prepare(output());
    assertEquals(Set.of(), made(before));
    assertAsFromNothing();
  }

  @Test
  void aDamagedIntermediateIsMadeAgainAndAFileOfOthersStays() throws IOException {
    interruptedAtTheLastScan();
    Path folder = output().resolve("checkpoints/prepare/pancreas");
    Path damaged = folder.resolve(files(folder).keySet().iterator().next());
    flip(damaged);
    Path mine = Files.writeString(folder.resolve("notes.txt"), "mine");
    String log = prepare(output());
    assertTrue(
        log.contains("prepare pancreas: 2 of 4 scans were prepared by an interrupted run"), log);
    assertEquals("mine", Files.readString(mine));
    Files.delete(mine);
    Files.delete(folder);
    Files.delete(folder.getParent());
    Files.delete(folder.getParent().getParent());
    assertAsFromNothing();
  }

  @Test
  void anIntermediateOfAChangedScanIsRemoved() throws IOException {
    interruptedAtTheLastScan();
    scan("pancreas", "Tr", "a", 9, 1);
    String log = prepare(output());
    assertTrue(
        log.contains("prepare pancreas: 2 of 4 scans were prepared by an interrupted run"), log);
    assertAsFromNothing();
  }

  @Test
  void theTestSetIsCheckedAsAWholeWhateverIsReused() throws IOException {
    prepare(output());
    scan("cases", "Ts", "u", 202, 0);
    String log = prepare(output());
    assertTrue(log.contains("1 of 2 scans prepared again"), log);
    scan("cases", "Ts", "t", 200, 0);
    BadInputException e = assertThrows(BadInputException.class, () -> prepare(output()));
    assertTrue(e.problem().contains("shows pancreas"), e.problem());
  }
}
