package org.mskd.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.model.Tensor;

class CheckpointFileTest {
  private static final TrainingState STATE =
      new TrainingState(
          "abc",
          7,
          6,
          Optional.of(new PlateauState(0.1 + 0.2, Math.nextUp(1.0), Double.POSITIVE_INFINITY, 3)),
          Double.MIN_VALUE,
          Double.NaN,
          12345678901L,
          -1);
  private static final List<Tensor> TENSORS =
      List.of(
          new Tensor("first/a", new long[] {2, 2}, new float[] {1, -0f, Float.MIN_VALUE, 1e38f}),
          new Tensor("parameter/a", new long[] {3}, new float[] {0.1f, 2, 3}));

  /** Magic, length of the state. */
  private static final int PREFIX = 12;

  @TempDir Path folder;
  private Path file;
  private byte[] whole;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("checkpoint/0000007.ckpt");
    CheckpointFile.write(file, STATE, TENSORS);
    whole = Files.readAllBytes(file);
  }

  @Test
  void whatIsReadIsToTheBitWhatWasWritten() throws IOException {
    assertEquals(STATE, CheckpointFile.readState(file));
    SortedMap<String, Tensor> tensors = CheckpointFile.readTensors(file);
    assertEquals(2, tensors.size());
    for (Tensor tensor : TENSORS) {
      assertArrayEquals(tensor.shape(), tensors.get(tensor.name()).shape());
      assertArrayEquals(bits(tensor), bits(tensors.get(tensor.name())), tensor.name());
    }
    CheckpointFile.write(file, STATE, TENSORS);
    assertArrayEquals(whole, Files.readAllBytes(file), "equal states give equal bytes");
  }

  private static int[] bits(Tensor tensor) {
    int[] bits = new int[tensor.values().length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(tensor.values()[i]);
    }
    return bits;
  }

  /** Decimal digits must not cost a bit, whatever the number. */
  @Test
  void everyDoubleIsKeptExactly() throws IOException {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      double rate = Double.longBitsToDouble(random.nextLong());
      double sum = Double.longBitsToDouble(random.nextLong());
      TrainingState state =
          new TrainingState(
              "", 0, 0, Optional.of(new PlateauState(rate, sum, -sum, 0)), sum, rate, 0, 0);
      CheckpointFile.write(file, state, List.of());
      assertEquals(state, CheckpointFile.readState(file), "seed " + seed);
    }
  }

  private String refused(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    return assertThrows(IOException.class, () -> CheckpointFile.readState(file)).getMessage();
  }

  @Test
  void cutShortAnywhereItIsRefused() throws IOException {
    for (int length = 0; length < whole.length; length++) {
      refused(Arrays.copyOf(whole, length));
    }
    refused(Arrays.copyOf(whole, whole.length + 1));
  }

  @Test
  void withAnyByteFlippedItIsRefused() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      refused(flipped);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 17, 100_000})
  void aStateOfImpossibleSizeIsNotReadEvenIfTheChecksumIsRight(int length) throws IOException {
    byte[] bytes = whole.clone();
    little(bytes).putInt(PREFIX - Integer.BYTES, length);
    assertEquals("it declares a state of " + length + " bytes", refused(sealed(bytes)));
  }

  @Test
  void aStateThatIsNoStateIsRefused() throws IOException {
    for (String text : List.of("null", "{}", "[1]", "{\"iteration\":-1}")) {
      byte[] bytes = whole.clone();
      int length = little(bytes).getInt(PREFIX - Integer.BYTES);
      Arrays.fill(bytes, PREFIX, PREFIX + length, (byte) ' ');
      System.arraycopy(
          text.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, bytes, PREFIX, text.length());
      assertFalse(refused(sealed(bytes)).contains("checksum"), text);
    }
  }

  @Test
  void aTensorOfImpossibleSizeIsNotReadEvenIfTheChecksumIsRight() throws IOException {
    int length = little(whole).getInt(PREFIX - Integer.BYTES);
    byte[] bytes = whole.clone();
    little(bytes).putLong(PREFIX + length, Long.MAX_VALUE);
    Files.write(file, sealed(bytes));
    CheckpointFile.readState(file);
    String message =
        assertThrows(
                org.mskd.problem.BadInputException.class, () -> CheckpointFile.readTensors(file))
            .getMessage();
    assertEquals(true, message.contains(file.toString()), message);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** With the checksum that belongs to it. */
  private static byte[] sealed(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - Integer.BYTES);
    little(bytes).putInt(bytes.length - Integer.BYTES, (int) checksum.getValue());
    return bytes;
  }
}
