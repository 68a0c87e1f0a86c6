package org.mskd.teacher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.PreparedSubject;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.Scan;
import org.mskd.dataset.SliceGeometry;
import org.mskd.dataset.SliceRef;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.Subject;
import org.mskd.dataset.SubjectReader;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.PixelNetworks;
import org.mskd.targets.SliceBlock;
import org.mskd.training.SliceSources;
import org.mskd.training.Source;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** Teachers of several preprocessings on a scan whose HU are a linear function of the place. */
class SliceTeachersTest {
  /** 60 x 36 x 30 mm. */
  private static final Grid GRID = new Grid(20, 12, 6, Affine.scaling(3, 3, 5));

  private static final int BATCH = 4;

  @TempDir Path folder;
  private SliceStore store;
  private int scansRead;

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  /** HU, by the distance in mm from the middle of the scan; all are in every window here. */
  private static double hu(double right, double front, double up) {
    return 50 + 2 * right - 1.5 * front + 0.8 * up;
  }

  private SliceSources prepare(Preprocessing preprocessing) {
    float[] voxels = new float[GRID.size()];
    for (int z = 0; z < 6; z++) {
      for (int y = 0; y < 12; y++) {
        for (int x = 0; x < 20; x++) {
          voxels[GRID.index(x, y, z)] = (float) hu((x - 9.5) * 3, (y - 5.5) * 3, (z - 2.5) * 5);
        }
      }
    }
    Path images = folder.resolve("ct");
    NiftiWriter.write(images.resolve("a.nii"), new Volume(GRID, voxels), VoxelType.FLOAT32);
    Path file =
        new Preparer(preprocessing, folder.resolve("out"), (set, done, of) -> {})
            .unlabelled(new UnlabelledSource("ct", images))
            .stores()
            .get(0);
    store = SliceStore.open(file);
    return new SliceSources(List.of(new Source("ct", List.of(), List.of(store), Optional.empty())));
  }

  private Scan read(String source, PreparedSubject subject) {
    assertEquals("ct", source);
    scansRead++;
    return SubjectReader.image(
        new Subject(subject.id(), folder.resolve("ct/a.nii"), Optional.empty()));
  }

  /** A teacher whose margin is 3 (v + 1) - 2 for a pixel v in [-1, 1]. */
  private Model model(Preprocessing preprocessing, int inputSize, Neighbours neighbours) {
    Path file = folder.resolve("model.mskd");
    PixelNetworks.write(
        file,
        ModelKind.TEACHER,
        List.of("liver"),
        preprocessing,
        inputSize,
        new float[] {0, 3},
        new float[] {0, -2},
        List.of(),
        neighbours);
    return ModelArchive.read(file);
  }

  private SliceTeachers load(Preprocessing students, Optional<FeatureTerms> features, Model model) {
    return SliceTeachers.load(
        List.<Supplier<Model>>of(() -> model), BATCH, features, List.of(), students, this::read);
  }

  private static List<SliceRef> slices(int from, int to) {
    return IntStream.range(from, to).mapToObj(slice -> new SliceRef(0, 0, slice)).toList();
  }

  @Test
  void eachTeacherSeesThePlaceThroughItsOwnWindowAndGrid() {
    List<Preprocessing> students =
        List.of(
            new Preprocessing(32, -125, 275, List.of()),
            new Preprocessing(32, -125, 275, List.of(2.0, 3.0)));
    List<Preprocessing> teachers =
        List.of(
            new Preprocessing(32, -400, 600, List.of()),
            new Preprocessing(64, -125, 275, List.of()),
            new Preprocessing(16, -200, 300, List.of(6.0)),
            new Preprocessing(64, -150, 250, List.of(1.1, 4.0)));
    for (Preprocessing student : students) {
      SliceSources sources = prepare(student);
      for (Preprocessing teacher : teachers) {
        for (int inputSize : new int[] {teacher.sliceSize(), teacher.sliceSize() / 2}) {
          try (SliceTeachers loaded =
              load(student, Optional.empty(), model(teacher, inputSize, Neighbours.NONE))) {
            agrees(loaded, sources, teacher, student + " from " + teacher + " in " + inputSize);
          }
        }
      }
      store.close();
    }
    assertEquals(16, scansRead, "once for each teacher");
  }

  private void agrees(
      SliceTeachers teachers, SliceSources sources, Preprocessing own, String message) {
    SliceGeometry slices = store.geometry();
    int compared = 0;
    for (int first = 0; first < slices.slices(); first += teachers.batch()) {
      int end = Math.min(slices.slices(), first + teachers.batch());
      try (SliceTeacher.Output output = teachers.each().get(0).run(sources, slices(first, end))) {
        for (int slice = first; slice < end; slice++) {
          compared += agrees(output.margins(slice - first), slice, own, message);
        }
      }
    }
    assertTrue(compared > 100, message + ": " + compared);
  }

  /** Compares the pixels that no edge of the scan reaches; returns their number. */
  private int agrees(float[] margins, int slice, Preprocessing own, String message) {
    SliceGeometry g = store.geometry();
    double up = (slice + 0.5 - g.slices() / 2.0) * g.sliceMm();
    int compared = 0;
    for (int i = 0; i < margins.length; i++) {
      double right = (i % g.sliceSize() + 0.5 - g.firstColumn() - g.columns() / 2.0) * g.pixelMm();
      double front = (i / g.sliceSize() + 0.5 - g.firstRow() - g.rows() / 2.0) * g.pixelMm();
      if (Math.abs(right) < 24 && Math.abs(front) < 12 && Math.abs(up) < 12) {
        double share =
            (hu(right, front, up) - own.windowLow()) / (own.windowHigh() - own.windowLow());
        // Slices are rounded to 16 bits.
        assertEquals(3 * 2 * share - 2, margins[i], 1e-3, message + ", slice " + slice);
        compared++;
      } else if (Math.abs(right) > 36 || Math.abs(front) > 24) {
        assertEquals(-10, margins[i], message + ": outside of the scan");
      }
    }
    return compared;
  }

  /** A teacher's own slices that happen to be the student's give the same bits. */
  @Test
  void ownSlicesOfTheSamePreprocessingAreThePreparedOnes() {
    Preprocessing student = new Preprocessing(32, -125, 275, List.of(2.0, 3.0));
    SliceSources sources = prepare(student);
    for (Neighbours neighbours :
        List.of(Neighbours.NONE, new Neighbours(1, 0), new Neighbours(2, 4.5))) {
      Model model = model(student, 32, neighbours);
      Optional<FeatureTerms> features = Optional.of(FeatureTerms.DEFAULT.atLevels(List.of(0, 1)));
      List<SliceRef> slices = slices(3, 7);
      try (SliceTeacher prepared =
              SliceTeacher.of(model, BATCH, features, new PreparedInput(neighbours));
          SliceTeacher own =
              SliceTeacher.of(model, BATCH, features, new ScanInput(model.card(), this::read));
          SliceTeacher.Output one = prepared.run(sources, slices);
          SliceTeacher.Output other = own.run(sources, slices)) {
        SliceGeometry g = store.geometry();
        for (int slot = 0; slot < slices.size(); slot++) {
          float[] expected = one.margins(slot);
          float[] found = other.margins(slot);
          for (int y = g.firstRow(); y < g.firstRow() + g.rows(); y++) {
            for (int x = g.firstColumn(); x < g.firstColumn() + g.columns(); x++) {
              assertEquals(expected[y * 32 + x], found[y * 32 + x], neighbours + " " + x + " " + y);
            }
          }
          assertEqualFeatures(one.features(slot), other.features(slot));
        }
      }
    }
  }

  private static void assertEqualFeatures(SliceBlock.Features one, SliceBlock.Features other) {
    for (int level = 0; level < 2; level++) {
      float[] expected = new float[PixelNetworks.NETWORK.baseChannels() << level];
      float[] found = expected.clone();
      for (int position = 0; position < (32 >> level) * (32 >> level); position++) {
        one.read(level, position, expected);
        other.read(level, position, found);
        assertArrayEquals(expected, found, level + " " + position);
      }
    }
  }
}
