package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Preprocessing;
import org.mskd.file.FileSizeLimit;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;

class SliceStoreTest {
  private static final int SLICES = 5;
  private static final int AREA = 16 * 16;

  @TempDir Path folder;

  private static PreparedSubject subject(boolean labelled) {
    Preprocessing preprocessing = new Preprocessing(16, -125, 275, List.of());
    Grid grid = new Grid(30, 20, SLICES, Affine.scaling(0.7, 0.8, 3));
    return new PreparedSubject(
        "Größe 7",
        "imagesTr/Größe 7.nii.gz",
        "00ff",
        "LPS",
        List.of(30, 20, SLICES),
        List.of(0.7, 0.8, 3.0),
        preprocessing,
        SliceGeometry.of(grid, preprocessing),
        labelled,
        labelled ? List.of(1, 4) : List.of());
  }

  private static float pixel(int slice, int i) {
    return (float) Math.sin(slice * 1000 + i);
  }

  private static byte label(int slice, int i) {
    return (byte) ((slice * 31 + i) % 5);
  }

  private Path written(boolean labelled) {
    Path file = folder.resolve("a.slices");
    SliceStoreWriter.write(file, subject(labelled), slices());
    return file;
  }

  private static SliceStoreWriter.Slices slices() {
    return new SliceStoreWriter.Slices() {
      @Override
      public void image(int slice, float[] out) {
        for (int i = 0; i < AREA; i++) {
          out[i] = pixel(slice, i);
        }
      }

      @Override
      public void label(int slice, byte[] out) {
        for (int i = 0; i < AREA; i++) {
          out[i] = SliceStoreTest.label(slice, i);
        }
      }
    };
  }

  @Test
  void whatWasWrittenIsRead() {
    try (SliceStore store = SliceStore.open(written(true))) {
      assertEquals(subject(true), store.subject());
      assertEquals(SLICES, store.slices());
      assertEquals(16, store.size());
      assertTrue(store.labelled());
      assertArrayEquals(new int[] {1, 4}, store.annotatedSlices());
      // From several threads at once, in any order, at an offset.
      IntStream.range(0, 50).parallel().forEach(n -> checkSlice(store, n % SLICES));
    }
  }

  private static void checkSlice(SliceStore store, int slice) {
    float[] image = new float[AREA + 3];
    byte[] label = new byte[AREA + 2];
    store.image(slice, image, 2);
    store.label(slice, label, 1);
    for (int i = 0; i < AREA; i++) {
      assertEquals(pixel(slice, i), image[i + 2], 1 / 65535f + 1e-7f);
      assertEquals(label(slice, i), label[i + 1]);
    }
    assertEquals(0, image[1] + image[AREA + 2] + label[0] + label[AREA + 1]);
  }

  @Test
  void unlabelledSubjectHasNoLabelSlices() {
    Path file = written(false);
    assertEquals(subject(false), SliceStore.subject(file));
    try (SliceStore store = SliceStore.open(file)) {
      assertFalse(store.labelled());
      assertEquals(0, store.annotatedSlices().length);
      assertThrows(IllegalStateException.class, () -> store.label(0, new byte[AREA], 0));
    }
  }

  @Test
  void sliceOutsideAndClosedStoreAreRefused() {
    SliceStore store = SliceStore.open(written(true));
    float[] out = new float[AREA];
    assertThrows(IndexOutOfBoundsException.class, () -> store.image(SLICES, out, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> store.image(-1, out, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> store.image(0, out, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> store.label(0, new byte[AREA], 1));
    store.close();
    assertThrows(IllegalStateException.class, () -> store.image(0, out, 0));
  }

  @Test
  void quantisationKeepsTheEndsAndIsWithinHalfAStep() {
    assertEquals(-1, SliceStoreFormat.dequantise(SliceStoreFormat.quantise(-1)));
    assertEquals(1, SliceStoreFormat.dequantise(SliceStoreFormat.quantise(1)));
    assertEquals(1, SliceStoreFormat.dequantise(SliceStoreFormat.quantise(7)));
    SplittableRandom random = new SplittableRandom(21);
    for (int i = 0; i < 100_000; i++) {
      float value = (float) (2 * random.nextDouble() - 1);
      float read = SliceStoreFormat.dequantise(SliceStoreFormat.quantise(value));
      // Half a step of 2/65535, and the rounding of float near 1.
      assertEquals(value, read, 1 / 65535.0 + 2e-7, "seed 21, sample " + i);
    }
  }

  @Test
  void everyTruncationIsDetected() throws IOException {
    Path file = written(true);
    byte[] whole = Files.readAllBytes(file);
    int header = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    int pixels = 16 + header;
    for (int length :
        new int[] {
          0,
          7,
          8,
          15,
          16,
          100,
          pixels - 1,
          pixels,
          pixels + 4,
          pixels + AREA,
          pixels + SLICES * AREA * 2,
          whole.length - 4,
          whole.length - 1
        }) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertDamaged(file, "cut to " + length);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertDamaged(file, "a byte longer");
    Files.write(file, whole);
    SliceStore.open(file).close();
  }

  @Test
  void everyFlippedBitIsDetected() throws IOException {
    Path file = written(true);
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(4);
    int[] places =
        IntStream.concat(
                IntStream.range(0, 24),
                IntStream.concat(
                    random.ints(60, 24, whole.length),
                    IntStream.range(whole.length - 4, whole.length)))
            .toArray();
    for (int place : places) {
      byte[] flipped = whole.clone();
      flipped[place] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);
      assertDamaged(file, "seed 4, byte " + place);
    }
  }

  private static void assertDamaged(Path file, String how) {
    BadInputException e = assertThrows(BadInputException.class, () -> SliceStore.open(file), how);
    assertTrue(e.problem().startsWith(file + " cannot be used: "), how + ": " + e.problem());
    assertEquals("Delete it and run mskd:prepare again.", e.remedy(), how);
  }

  @Test
  void anotherVersionIsReported() throws IOException {
    Path file = written(true);
    byte[] bytes = Files.readAllBytes(file);
    bytes[8] = 9;
    Files.write(file, bytes);
    BadInputException e = assertThrows(BadInputException.class, () -> SliceStore.open(file));
    assertTrue(
        e.problem().endsWith("its version is 9, this program reads version 2."), e.problem());
  }

  @Test
  void headerThatLiesUnderAGoodChecksumIsRefusedBeforeMemoryIsTaken() throws IOException {
    Path file = written(true);
    byte[] whole = Files.readAllBytes(file);
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    for (String[] change :
        new String[][] {
          {"\"slices\":5", "\"slices\":9"},
          {"\"sliceSize\":16,\"slices\"", "\"sliceSize\":99,\"slices\""},
          {"\"columns\":16", "\"columns\":61"},
          {"\"annotatedSlices\":[1,4]", "\"annotatedSlices\":[1,7]"},
          {"\"annotatedSlices\":[1,4]", "\"annotatedSlices\":[4,1]"},
          {"\"labelled\":true", "\"labelled\":null"},
          {"{\"annotated", "[\"annotated"}
        }) {
      assertTrue(text.contains(change[0]), change[0]);
      byte[] changed = text.replace(change[0], change[1]).getBytes(StandardCharsets.ISO_8859_1);
      CRC32C checksum = new CRC32C();
      checksum.update(changed, 0, changed.length - 4);
      ByteBuffer.wrap(changed)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(changed.length - 4, (int) checksum.getValue());
      Files.write(file, changed);
      assertDamaged(file, change[1]);
    }
  }

  @Test
  void theRemedyOfAMissingStoreIsPrepare() {
    BadInputException e =
        assertThrows(BadInputException.class, () -> SliceStore.open(folder.resolve("no.slices")));
    assertEquals(
        folder.resolve("no.slices") + " is missing. Run mskd:prepare again.", e.getMessage());
  }

  @Test
  void fullDiskLeavesNothing() throws IOException {
    Path file = folder.resolve("a.slices");
    BadInputException e;
    try (FileSizeLimit limit = new FileSizeLimit(64)) {
      e =
          assertThrows(
              BadInputException.class, () -> SliceStoreWriter.write(file, subject(true), slices()));
    }
    assertTrue(e.problem().startsWith(file + " could not be written: "), e.problem());
    assertTrue(e.remedy().contains("choose another folder"), e.remedy());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }
}
