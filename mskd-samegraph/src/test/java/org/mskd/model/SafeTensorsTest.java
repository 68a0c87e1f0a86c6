package org.mskd.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.problem.BadInputException;

class SafeTensorsTest {
  @TempDir Path folder;

  @Test
  void bytesAreThoseOfTheFormat() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafeTensors.write(
        out,
        List.of(
            new Tensor("b", new long[] {2, 1}, new float[] {1f, -2f}),
            new Tensor("a", new long[] {}, new float[] {0.5f})),
        Map.of("k", "v"));
    String header =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[4,12]}}";
    int padded = (header.length() + 7) / 8 * 8;
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.write(new byte[] {(byte) padded, 0, 0, 0, 0, 0, 0, 0});
    expected.write(
        (header + " ".repeat(padded - header.length())).getBytes(StandardCharsets.UTF_8));
    // IEEE 754, least significant byte first: 0.5 = 3f000000, 1 = 3f800000, -2 = c0000000
    expected.write(HexFormat.of().parseHex("0000003f" + "0000803f" + "000000c0"));
    assertArrayEquals(expected.toByteArray(), out.toByteArray());
  }

  @Test
  void readsBackEveryBitAcrossBlocks() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[3 * 16384 + 5];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    Tensor large = new Tensor("weights é", new long[] {values.length}, values);
    Tensor none = new Tensor("none", new long[] {3, 0}, new float[0]);
    Path file = folder.resolve("t.safetensors");
    SafeTensors.write(file, List.of(large, none), Map.of("seed", "7"));
    TensorFile read = SafeTensors.read(file);
    assertEquals(List.of("none", "weights é"), List.copyOf(read.tensors().keySet()));
    assertEquals(Map.of("seed", "7"), read.metadata());
    assertEquals(none, read.tensors().get("none"));
    float[] back = read.tensors().get("weights é").values();
    for (int i = 0; i < values.length; i++) {
      assertEquals(
          Float.floatToRawIntBits(values[i]),
          Float.floatToRawIntBits(back[i]),
          "seed " + seed + ", value " + i);
    }
  }

  @Test
  void orderOfHeaderKeysDoesNotMatter() throws IOException {
    String header =
        "{\"b\":{\"data_offsets\":[4,8],\"shape\":[1],\"dtype\":\"F32\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}  ";
    byte[] file = file(header, HexFormat.of().parseHex("0000803f" + "000000c0"));
    TensorFile read = SafeTensors.read(new ByteArrayInputStream(file), file.length, "f");
    assertArrayEquals(new float[] {1f}, read.tensors().get("a").values());
    assertArrayEquals(new long[] {1, 1}, read.tensors().get("a").shape());
    assertArrayEquals(new float[] {-2f}, read.tensors().get("b").values());
  }

  /** Written by the Python package safetensors 0.8.0 with metadata m: n. */
  @Test
  void readsWhatPythonWrote() throws IOException {
    byte[] file =
        Base64.getDecoder()
            .decode(
                "kAAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJtIjoibiJ9LCJhIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUi"
                    + "OlsxLDFdLCJkYXRhX29mZnNldHMiOlswLDRdfSwieiI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMiwz"
                    + "XSwiZGF0YV9vZmZzZXRzIjpbNCwyOF19fSAgICAgICAAAMA/AAAAAAAAgD8AAABAAABAQAAAgEAAAKBA");
    TensorFile read = SafeTensors.read(new ByteArrayInputStream(file), file.length, "f");
    assertEquals(Map.of("m", "n"), read.metadata());
    assertEquals(
        Map.of(
            "a", new Tensor("a", new long[] {1, 1}, new float[] {1.5f}),
            "z", new Tensor("z", new long[] {2, 3}, new float[] {0, 1, 2, 3, 4, 5})),
        read.tensors());
  }

  /** Quotes are written as ' here; eight bytes of data follow each header. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "[]|not a JSON object",
        " {}|not a JSON object",
        "{|header:",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} x|header:",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[2],"
            + "'data_offsets':[0,8]}}|Duplicate field 'a'",
        "{'a':{'dtype':'F16','shape':[4],'data_offsets':[0,8]}}|tensor a is of dtype F16, not F32",
        "{'a':{'dtype':'F32','shape':[2]}}|not described by dtype, shape and data_offsets",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}}|not described by",
        "{'a':7}|not described by",
        "{'':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}|a tensor has no name",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}|shape [3] in 8 B",
        "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}|shape holds -2",
        "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}|shape holds 2.0",
        "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}}|shape holds",
        "{'a':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,8]}}"
            + "|impossible shape",
        "{'a':{'dtype':'F32','shape':[4611686018427387906],'data_offsets':[0,8]}}|in 8 B",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,8]}}|data_offsets are [0, 8, 8]",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}|data_offsets are [8, 0]",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|cover 4 bytes, but it holds 8",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}|cover 12 bytes, but it holds 8",
        "{'a':{'dtype':'F32','shape':[500000000],'data_offsets':[0,2000000000]}}"
            + "|cover 2000000000 bytes, but it holds 8",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|begins at byte 4, not at 0",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],"
            + "'data_offsets':[4,8]}}|tensor b begins at byte 4, not at 8",
        "{}|cover 0 bytes, but it holds 8",
        "{'__metadata__':[]}|__metadata__ is not an object",
        "{'__metadata__':{'k':1}}|__metadata__ holds more than text",
      })
  void refusesHeader(String header, String why) throws IOException {
    byte[] file = file(header.replace('\'', '"'), new byte[8]);
    assertRefused(file, file.length, why);
  }

  @Test
  void refusesHeaderThatIsNotUtf8() {
    byte[] file = file("{\"a\":1}", new byte[8]);
    file[10] = (byte) 0xff;
    assertRefused(file, file.length, "not UTF-8");
  }

  @Test
  void refusesImpossibleHeaderLengths() {
    byte[] file = file("{}", new byte[0]);
    for (long declared : new long[] {3, 100_000_001, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(declared);
      assertRefused(file, file.length, "header of " + Long.toUnsignedString(declared) + " bytes");
    }
    // Even where the file is said to be that long.
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(100_000_001);
    assertRefused(file, 200_000_000, "header of 100000001 bytes");
  }

  @Test
  void refusesFileThatEndsEarly() {
    byte[] whole =
        file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", new byte[8]);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertRefused(cut, length, "");
      if (length >= 8) {
        assertRefused(cut, whole.length, "");
      }
    }
  }

  @Test
  void missingFileIsBadInput() {
    BadInputException thrown =
        assertThrows(
            BadInputException.class, () -> SafeTensors.read(folder.resolve("none.safetensors")));
    assertTrue(thrown.problem().contains("none.safetensors"), thrown.problem());
  }

  @Test
  void refusesToWriteTakenNames() {
    Tensor a = new Tensor("a", new long[] {1}, new float[1]);
    Tensor metadata = new Tensor("__metadata__", new long[] {1}, new float[1]);
    Path file = folder.resolve("x");
    assertThrows(
        IllegalArgumentException.class, () -> SafeTensors.write(file, List.of(a, a), Map.of()));
    assertThrows(
        IllegalArgumentException.class, () -> SafeTensors.write(file, List.of(metadata), Map.of()));
    assertEquals(0, folder.toFile().list().length, "something was left");
  }

  @Test
  void tensorChecksItsShape() {
    assertThrows(
        IllegalArgumentException.class, () -> new Tensor("a", new long[] {2, 3}, new float[5]));
    assertThrows(
        IllegalArgumentException.class, () -> new Tensor("a", new long[] {-1, -5}, new float[5]));
    assertThrows(IllegalArgumentException.class, () -> new Tensor("", new long[0], new float[1]));
    long[] shape = {2};
    Tensor tensor = new Tensor("a", shape, new float[2]);
    shape[0] = 9;
    tensor.shape()[0] = 9;
    assertArrayEquals(new long[] {2}, tensor.shape());
  }

  private void assertRefused(byte[] bytes, long length, String why) {
    BadInputException thrown =
        assertThrows(
            BadInputException.class,
            () -> SafeTensors.read(new ByteArrayInputStream(bytes), length, "w.safetensors"));
    assertTrue(thrown.problem().startsWith("w.safetensors "), thrown.problem());
    assertTrue(thrown.problem().contains(why), thrown.problem());
    assertTrue(!thrown.remedy().isBlank());
  }

  private static byte[] file(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }
}
