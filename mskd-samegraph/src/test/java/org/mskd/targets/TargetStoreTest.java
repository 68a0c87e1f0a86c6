package org.mskd.targets;

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
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.PaddedSlice;
import org.mskd.dataset.SliceRef;
import org.mskd.experiment.FeatureSource;
import org.mskd.experiment.FeatureTerms;
import org.mskd.file.FileSizeLimit;
import org.mskd.problem.BadInputException;

class TargetStoreTest {
  private static final String TEACHERS = "00ff-11ee";
  private static final SliceRef FIRST = new SliceRef(0, 2, 7);
  private static final SliceRef SECOND = new SliceRef(0, 10, 1);
  private static final SliceRef THIRD = new SliceRef(1, 0, 0);
  private static final long NO_LIMIT = Long.MAX_VALUE;

  @TempDir Path folder;

  private static TargetLayout layout(boolean sorted, boolean masked) {
    FeatureTerms features = new FeatureTerms(List.of(0, 2), FeatureSource.ENCODER, sorted);
    return new TargetLayout(20, 3, Optional.of(features), 4, masked);
  }

  private static TargetLayout withoutFeaturesOf(int teacher, TargetLayout all) {
    return new TargetLayout(
        all.size(),
        all.organs(),
        all.features(),
        all.baseChannels(),
        all.masked(),
        List.of(teacher));
  }

  private static final TargetLayout LAYOUT = layout(true, true);

  private static TeacherOutputs outputs(TargetLayout layout, SliceRef slice) {
    return TeacherOutputs.random(layout, 100 * slice.subject() + slice.slice());
  }

  private static boolean add(TargetStoreWriter writer, TargetLayout layout, SliceRef slice) {
    TeacherOutputs outputs = outputs(layout, slice);
    return writer.add(slice, outputs.block(layout));
  }

  private static void deleted(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path written(TargetLayout layout) {
    Path file = folder.resolve("deep/a.targets");
    deleted(file);
    try (TargetStoreWriter writer = TargetStoreWriter.create(file, layout, TEACHERS, NO_LIMIT)) {
      for (SliceRef slice : List.of(FIRST, SECOND, THIRD)) {
        assertTrue(add(writer, layout, slice));
      }
      assertFalse(Files.exists(file));
      writer.finish();
    }
    return file;
  }

  @Test
  void whatWasWrittenIsRead() {
    for (TargetLayout layout :
        List.of(
            layout(true, true),
            layout(false, true),
            layout(true, false),
            layout(false, false),
            withoutFeaturesOf(1, layout(true, true)),
            withoutFeaturesOf(2, layout(true, false)))) {
      try (TargetStore store = TargetStore.open(written(layout), layout, TEACHERS)) {
        assertEquals(layout, store.layout());
        assertEquals(List.of(FIRST, SECOND, THIRD), List.copyOf(store.slices()));
        // From several threads at once, in any order.
        IntStream.range(0, 12)
            .parallel()
            .forEach(n -> check(layout, store, List.of(FIRST, SECOND, THIRD).get(n % 3)));
      }
    }
  }

  /** The student's channels then say nothing about the store. */
  @Test
  void aStoreOfLogitsAloneFitsStudentsOfAllWidths() {
    TargetLayout narrow = new TargetLayout(20, 3, Optional.empty(), 4, true);
    TargetLayout wide = new TargetLayout(20, 3, Optional.empty(), 16, true);
    try (TargetStore store = TargetStore.open(written(narrow), wide, TEACHERS)) {
      check(narrow, store, SECOND);
    }
    TargetLayout features = LAYOUT;
    TargetLayout others =
        new TargetLayout(features.size(), 3, features.features(), 8, features.masked());
    Path file = written(features);
    assertThrows(BadInputException.class, () -> TargetStore.open(file, others, TEACHERS));
  }

  private static void check(TargetLayout layout, TargetStore store, SliceRef ref) {
    TeacherOutputs outputs = outputs(layout, ref);
    StoredSlice slice = store.slice(ref);
    PaddedSlice margins = new PaddedSlice(layout.size(), layout.organs(), 77);
    slice.margins(margins);
    int row = layout.size() * layout.organs();
    for (int i = 0; i < outputs.margins().length; i++) {
      float read = margins.values()[margins.at(0, i / row) + i % row];
      assertMargin(outputs.margins()[i], read);
    }
    for (int i = 0; i < layout.levels().size(); i++) {
      for (int k = 0; k < layout.organs(); k++) {
        checkRows(layout, outputs, slice, i, k);
      }
    }
  }

  private static void assertMargin(float expected, float read) {
    // Half a step of 1/1024 up to 31, half a ratio of (3200 / 31)^(1/1024) up to 3200.
    double size = Math.min(3200, Math.abs((double) expected));
    double error = size < 31 ? 1 / 2048.0 : size * (Math.pow(3200 / 31.0, 0.5 / 1024) - 1);
    assertEquals(Math.signum(expected) * size, read, error + 1e-6 * size, "margin " + expected);
    assertEquals(expected > 0, read > 0, "margin " + expected);
  }

  private static void checkRows(
      TargetLayout layout, TeacherOutputs outputs, StoredSlice slice, int level, int k) {
    int channels = layout.baseChannels() << layout.levels().get(level);
    int side = layout.size() >> layout.levels().get(level);
    StoredPositions positions = slice.positions(level, k);
    float[] row = new float[channels];
    int rows = 0;
    for (int position = 0; position < side * side; position++) {
      boolean expected =
          layout.hasFeatures(k)
              && (!layout.masked() || near(layout, outputs.margins(), k, side, position));
      assertEquals(expected, positions.has(position), position + " of " + side);
      if (expected) {
        assertEquals(rows, positions.nearestRow(position));
        slice.row(level, k, rows++, row, 0, new short[channels]);
        double[] logs = logSoftmax(outputs.features().get(level)[k], position * channels, channels);
        if (layout.features().orElseThrow().sorted()) {
          Arrays.sort(logs);
        }
        for (int c = 0; c < channels; c++) {
          assertEquals(logs[c], row[c], 1 / 2048.0 + 1e-6);
        }
      }
    }
    assertEquals(rows, positions.count());
  }

  /** Whether a position's square, and all up to two positions away, hold a pixel of the mask. */
  private static boolean near(TargetLayout layout, float[] margins, int k, int side, int position) {
    int stride = layout.size() / side;
    for (int i = 0; i < layout.size() * layout.size(); i++) {
      int x = i % layout.size() / stride - position % side;
      int y = i / layout.size() / stride - position / side;
      if (margins[i * layout.organs() + k] > 0 && Math.max(Math.abs(x), Math.abs(y)) <= 2) {
        return true;
      }
    }
    return false;
  }

  private static double[] logSoftmax(float[] features, int at, int channels) {
    double sum = 0;
    for (int c = 0; c < channels; c++) {
      sum += Math.exp(features[at + c]);
    }
    double[] logs = new double[channels];
    for (int c = 0; c < channels; c++) {
      logs[c] = features[at + c] - Math.log(sum);
    }
    return logs;
  }

  @Test
  void marginsKeepTheirSignAndAreWithinHalfAStep() {
    for (float margin :
        new float[] {
          0,
          -0f,
          Float.MIN_VALUE,
          -Float.MIN_VALUE,
          1e-6f,
          -1e-6f,
          1 / 1024f,
          -1 / 1024f,
          5.3f,
          30.9999f,
          31,
          31.0001f,
          60,
          3199,
          3201,
          1e30f,
          -30.9999f,
          -31,
          -31.0001f,
          -60,
          -3199,
          -3201,
          -1e30f
        }) {
      assertMargin(margin, MarginCode.decode(MarginCode.encode(margin)));
    }
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 100_000; i++) {
      float margin = (float) (random.nextDouble(-1, 1) * (i % 2 == 0 ? 32 : 3300));
      assertMargin(margin, MarginCode.decode(MarginCode.encode(margin)));
    }
  }

  @Test
  void logProbabilitiesAreWithinHalfAStepDownToMinus64() {
    assertEquals(0, TargetFormat.logProbability(TargetFormat.logProbability(0f)), 1e-9);
    assertEquals(-1.5f, TargetFormat.logProbability(TargetFormat.logProbability(-1.5f)));
    for (float least : new float[] {-64, -100, -1e30f, Float.NEGATIVE_INFINITY}) {
      assertEquals(-64, TargetFormat.logProbability(TargetFormat.logProbability(least)), 0.001);
    }
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 100_000; i++) {
      float value = (float) random.nextDouble(-63.99, 0);
      float read = TargetFormat.logProbability(TargetFormat.logProbability(value));
      assertEquals(value, read, 1 / 2048.0 + 4e-6, "seed 5, sample " + i);
    }
  }

  @Test
  void marginsAloneAreAStoreToo() {
    TargetLayout layout = new TargetLayout(5, 2, Optional.empty(), 4, true);
    Path file = written(layout);
    // Header and its prefix; 50 margins padded to a multiple of 8; directory; trailer.
    long header = 16 + ByteBuffer.wrap(bytes(file)).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    assertEquals(header + 3 * 104 + 3 * 16 + 8, bytes(file).length);
    try (TargetStore store = TargetStore.open(file, layout, TEACHERS)) {
      check(layout, store, SECOND);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void equalOutputsGiveEqualBytes() {
    byte[] once = bytes(written(LAYOUT));
    assertArrayEquals(once, bytes(written(LAYOUT)));
  }

  @Test
  void noStoreIsLargerThanAllowed() throws IOException {
    long exactly = bytes(written(LAYOUT)).length;
    Path file = folder.resolve("b.targets");
    try (TargetStoreWriter writer = TargetStoreWriter.create(file, LAYOUT, TEACHERS, exactly - 1)) {
      assertTrue(add(writer, LAYOUT, FIRST));
      assertTrue(add(writer, LAYOUT, SECOND));
      assertFalse(add(writer, LAYOUT, THIRD));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("deep")), left.toList());
    }
    try (TargetStoreWriter writer = TargetStoreWriter.create(file, LAYOUT, TEACHERS, exactly)) {
      assertTrue(add(writer, LAYOUT, FIRST));
      assertTrue(add(writer, LAYOUT, SECOND));
      assertTrue(add(writer, LAYOUT, THIRD));
      writer.finish();
    }
    assertEquals(exactly, Files.size(file));
  }

  @Test
  void slicesComeInOrderAndOnce() {
    try (TargetStoreWriter writer =
        TargetStoreWriter.create(folder.resolve("c"), LAYOUT, TEACHERS, NO_LIMIT)) {
      add(writer, LAYOUT, SECOND);
      assertThrows(IllegalArgumentException.class, () -> add(writer, LAYOUT, SECOND));
      assertThrows(IllegalArgumentException.class, () -> add(writer, LAYOUT, FIRST));
    }
  }

  @Test
  void blocksOfAnotherLayoutAreRefused() {
    TargetLayout other = layout(false, true);
    try (TargetStoreWriter writer =
        TargetStoreWriter.create(folder.resolve("c"), LAYOUT, TEACHERS, NO_LIMIT)) {
      SliceBlock block = outputs(other, FIRST).block(other);
      assertThrows(IllegalArgumentException.class, () -> writer.add(FIRST, block));
    }
    SliceBlock block = new SliceBlock(LAYOUT);
    float[] fewer = new float[LAYOUT.size() * LAYOUT.size() - 1];
    assertThrows(IllegalArgumentException.class, () -> block.add(0, fewer, (l, p, c) -> {}));
  }

  @Test
  void onlyFiniteNumbersAreStored() {
    for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      float[] margins = new float[LAYOUT.size() * LAYOUT.size()];
      margins[5] = 1;
      assertTrue(new SliceBlock(LAYOUT).add(0, margins, (l, p, c) -> {}));
      assertFalse(new SliceBlock(LAYOUT).add(0, margins, (l, p, c) -> c[1] = wrong), "" + wrong);
      margins[17] = wrong;
      assertFalse(new SliceBlock(LAYOUT).add(0, margins, (l, p, c) -> {}), "" + wrong);
    }
  }

  @Test
  void aMissingOrShorterFileIsReported() throws IOException {
    Path file = written(LAYOUT);
    try (TargetStore store = TargetStore.open(file, LAYOUT, TEACHERS)) {
      Files.write(file, Arrays.copyOf(bytes(file), 100));
      assertTrue(
          assertThrows(BadInputException.class, () -> store.slice(THIRD))
              .problem()
              .startsWith(file + " became shorter"));
      Files.delete(file);
      assertTrue(
          assertThrows(BadInputException.class, () -> store.slice(FIRST))
              .problem()
              .startsWith(file + " cannot be read any more: "));
    }
  }

  @Test
  void layoutsThatCannotBeAreRefused() {
    Optional<FeatureTerms> level1 = Optional.of(FeatureTerms.DEFAULT);
    assertThrows(IllegalArgumentException.class, () -> new TargetLayout(15, 1, level1, 4, true));
    assertThrows(
        IllegalArgumentException.class, () -> new TargetLayout(0, 1, Optional.empty(), 4, true));
    assertThrows(IllegalArgumentException.class, () -> new TargetLayout(16, 0, level1, 4, true));
    assertThrows(IllegalArgumentException.class, () -> new TargetLayout(16, 1, level1, 0, true));
    assertThrows(
        IllegalArgumentException.class, () -> new TargetLayout(1 << 15, 2, level1, 4, true));
  }

  @Test
  void aSliceThatIsNotThereAndAClosedStoreAreRefused() {
    TargetStore store = TargetStore.open(written(LAYOUT), LAYOUT, TEACHERS);
    assertThrows(NoSuchElementException.class, () -> store.slice(new SliceRef(0, 2, 6)));
    store.close();
    assertThrows(IllegalStateException.class, () -> store.slice(FIRST));
  }

  @Test
  void everyTruncationIsDetected() throws IOException {
    Path file = written(LAYOUT);
    byte[] whole = bytes(file);
    int blocks = 16 + ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    for (int length :
        new int[] {
          0,
          7,
          8,
          15,
          16,
          100,
          blocks - 1,
          blocks,
          blocks + 8,
          whole.length / 2,
          whole.length - 56,
          whole.length - 8,
          whole.length - 4,
          whole.length - 1
        }) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertDamaged(file, "cut to " + length);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertDamaged(file, "a byte longer");
    Files.write(file, whole);
    TargetStore.open(file, LAYOUT, TEACHERS).close();
  }

  @Test
  void everyFlippedBitIsDetected() throws IOException {
    Path file = written(LAYOUT);
    byte[] whole = bytes(file);
    SplittableRandom random = new SplittableRandom(4);
    int[] places =
        IntStream.concat(
                IntStream.range(0, 24),
                IntStream.concat(
                    random.ints(60, 24, whole.length),
                    IntStream.range(whole.length - 60, whole.length)))
            .toArray();
    for (int place : places) {
      byte[] flipped = whole.clone();
      flipped[place] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);
      assertDamaged(file, "seed 4, byte " + place);
    }
  }

  private static BadInputException assertDamaged(Path file, String how) {
    BadInputException e =
        assertThrows(BadInputException.class, () -> TargetStore.open(file, LAYOUT, TEACHERS), how);
    assertTrue(e.problem().startsWith(file + " cannot be used: "), how + ": " + e.problem());
    assertEquals("Delete it and run the same goal again.", e.remedy(), how);
    return e;
  }

  @Test
  void otherVersionTeachersAndLayoutAreReported() throws IOException {
    Path file = written(LAYOUT);
    BadInputException teachers =
        assertThrows(BadInputException.class, () -> TargetStore.open(file, LAYOUT, TEACHERS + "0"));
    assertTrue(
        teachers.problem().endsWith("it holds the outputs of other teachers."), teachers.problem());
    BadInputException unsorted =
        assertThrows(
            BadInputException.class, () -> TargetStore.open(file, layout(false, true), TEACHERS));
    assertTrue(unsorted.problem().contains("sorted=true"), unsorted.problem());
    assertTrue(unsorted.problem().contains("not TargetLayout["), unsorted.problem());
    byte[] bytes = bytes(file);
    bytes[8] = 9;
    Files.write(file, bytes);
    String problem = assertDamaged(file, "version 9").problem();
    assertTrue(problem.endsWith("its version is 9, this program reads version 2."), problem);
  }

  @Test
  void whatLiesUnderAGoodChecksumIsRefusedBeforeMemoryIsTaken() throws IOException {
    Path file = written(LAYOUT);
    byte[] whole = bytes(file);
    ByteBuffer in = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    int blocks = 16 + in.getInt(12);
    int directory = whole.length - 8 - 3 * 16;
    // Header length; bits of the first positions; the number of slices; their names and lengths.
    assertLie(file, whole, 12, 1 << 15);
    assertLie(file, whole, 12, -8);
    assertLie(file, whole, 12, Integer.MAX_VALUE);
    assertLie(file, whole, blocks, ~in.getInt(blocks));
    assertLie(file, whole, whole.length - 8, 2);
    assertLie(file, whole, whole.length - 8, 4);
    assertLie(file, whole, whole.length - 8, -1);
    assertLie(file, whole, whole.length - 8, 1 << 28);
    assertLie(file, whole, whole.length - 8, Integer.MAX_VALUE);
    assertLie(file, whole, directory, 1);
    assertLie(file, whole, directory + 12, in.getInt(directory + 12) + 8);
    assertLie(file, whole, directory + 12, -8);
    assertLie(file, whole, directory + 12, Integer.MAX_VALUE);
  }

  @Test
  void blocksOfEachOthersLengthAreRefused() throws IOException {
    Path file = written(LAYOUT);
    byte[] whole = bytes(file);
    ByteBuffer in = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    int directory = whole.length - 8 - 3 * 16;
    int first = in.getInt(directory + 12);
    int second = in.getInt(directory + 28);
    in.putInt(directory + 12, 8).putInt(directory + 28, first + second - 8);
    assertLie(file, whole, 8, 1);
    in.putInt(directory + 12, first + 8).putInt(directory + 28, second - 8);
    assertLie(file, whole, 8, 1);
    in.putInt(directory + 12, first).putInt(directory + 28, second);
    Files.write(file, whole);
    TargetStore.open(file, LAYOUT, TEACHERS).close();
  }

  /** Changes an int and sets the checksum right. */
  private static void assertLie(Path file, byte[] whole, int at, int lie) throws IOException {
    byte[] changed = whole.clone();
    ByteBuffer out = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, lie);
    CRC32C checksum = new CRC32C();
    checksum.update(changed, 0, changed.length - 4);
    out.putInt(changed.length - 4, (int) checksum.getValue());
    Files.write(file, changed);
    assertDamaged(file, lie + " at " + at);
  }

  @Test
  void headersThatAreNoneAreRefused() throws IOException {
    Path file = written(LAYOUT);
    String text = new String(bytes(file), StandardCharsets.ISO_8859_1);
    for (String[] change :
        new String[][] {
          {"\"size\":20", "\"size\":-1"},
          {"\"size\":20", "\"size\":99"},
          {"\"layout\":{", "\"layout\":["},
          {"\"teachers\"", "\"teachery\""},
          {"\"masked\":true", "\"masked\":null"}
        }) {
      assertTrue(text.contains(change[0]), change[0]);
      byte[] changed = text.replace(change[0], change[1]).getBytes(StandardCharsets.ISO_8859_1);
      assertLie(file, changed, 8, 1);
    }
  }

  @Test
  void theRemedyOfAMissingStoreIsToRunAgain() {
    Path file = folder.resolve("no.targets");
    BadInputException e =
        assertThrows(BadInputException.class, () -> TargetStore.open(file, LAYOUT, TEACHERS));
    assertEquals(file + " is missing. Run the same goal again.", e.getMessage());
  }

  @Test
  void fullDiskLeavesNothing() throws IOException {
    Path file = folder.resolve("a.targets");
    BadInputException e;
    try (FileSizeLimit limit = new FileSizeLimit(64)) {
      e =
          assertThrows(
              BadInputException.class,
              () -> {
                try (TargetStoreWriter writer =
                    TargetStoreWriter.create(file, LAYOUT, TEACHERS, NO_LIMIT)) {
                  add(writer, LAYOUT, FIRST);
                  writer.finish();
                }
              });
    }
    assertTrue(e.problem().startsWith(file + " could not be written: "), e.problem());
    assertTrue(e.remedy().contains("choose another folder"), e.remedy());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }
}
