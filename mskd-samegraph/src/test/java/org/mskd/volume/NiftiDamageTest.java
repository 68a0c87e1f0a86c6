package org.mskd.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.problem.BadInputException;

class NiftiDamageTest {
  @TempDir Path folder;

  private static void refused(Path file, String... texts) {
    BadInputException e = assertThrows(BadInputException.class, () -> NiftiReader.read(file));
    assertTrue(e.problem().contains(file.getFileName().toString()), e.problem());
    for (String text : texts) {
      assertTrue(e.getMessage().contains(text), "\"" + text + "\" is not in: " + e.getMessage());
    }
    assertFalse(e.remedy().isBlank());
  }

  private Path nii(HandMadeNifti nifti) throws IOException {
    return nifti.write(folder.resolve("bad.nii"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 347, 348, 351, 352, 357})
  void truncatedAnywhere(int length) throws IOException {
    byte[] whole = HandMadeNifti.plain().bytes.array();
    byte[] cut = Arrays.copyOf(whole, length);
    refused(Files.write(folder.resolve("cut.nii"), cut), length < 348 ? "ends too early" : "short");
    refused(Files.write(folder.resolve("cut.nii.gz"), HandMadeNifti.gzip(cut)), "early");
  }

  @Test
  void everyCutAndEveryBrokenByteOfAGzip() throws IOException {
    HandMadeNifti nifti = new HandMadeNifti(1, ByteOrder.LITTLE_ENDIAN, true, 60);
    long seed = 77;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 60; i++) {
      nifti.bytes.put(352 + i, (byte) random.nextInt());
    }
    byte[] good = HandMadeNifti.gzip(nifti.dim(3, 60, 1, 1).bytes.array());
    for (int length = 0; length < good.length; length++) {
      Path file = Files.write(folder.resolve("cut.nii.gz"), Arrays.copyOf(good, length));
      assertThrows(BadInputException.class, () -> NiftiReader.read(file), "cut at " + length);
    }
    float[] voxels = NiftiReader.read(nifti.write(folder.resolve("good.nii.gz"))).voxels();
    int caught = 0;
    for (int at = 0; at < good.length; at++) {
      byte[] broken = good.clone();
      broken[at] ^= (byte) (1 << random.nextInt(8));
      Path file = Files.write(folder.resolve("broken.nii.gz"), broken);
      try {
        // Time and hints do not matter, nor where among zeros a zero is copied from.
        String message = "seed " + seed + " byte " + at;
        assertArrayEquals(voxels, NiftiReader.read(file).voxels(), message);
      } catch (BadInputException e) {
        assertTrue(e.problem().contains("broken.nii.gz"), e.problem());
        caught++;
      }
    }
    assertTrue(caught > good.length * 3 / 4, caught + " of " + good.length);
  }

  @Test
  void wrongChecksumAndWrongLength() throws IOException {
    byte[] good = HandMadeNifti.gzip(HandMadeNifti.plain().bytes.array());
    byte[] checksum = good.clone();
    checksum[good.length - 8] ^= 1;
    refused(Files.write(folder.resolve("crc.nii.gz"), checksum), "checksum");
    byte[] length = good.clone();
    length[good.length - 1] ^= 1;
    refused(Files.write(folder.resolve("length.nii.gz"), length), "length");
  }

  @Test
  void garbageAfterTheEnd() throws IOException {
    byte[] whole = HandMadeNifti.plain().bytes.array();
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    refused(Files.write(folder.resolve("long.nii"), longer), "holds more", "358");
    refused(Files.write(folder.resolve("long.nii.gz"), HandMadeNifti.gzip(longer)), "holds more");
    byte[] packed = HandMadeNifti.gzip(whole);
    for (String tail : List.of("garbage", "\u001f", "\u001fx", "\0\0x")) {
      byte[] bytes = Arrays.copyOf(packed, packed.length + tail.length());
      byte[] extra = tail.getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(extra, 0, bytes, packed.length, extra.length);
      refused(Files.write(folder.resolve("tail.nii.gz"), bytes), "other bytes follow");
    }
  }

  static List<Arguments> dims() {
    return List.of(
        Arguments.of(1, new long[] {0, 3, 2, 1}, "dim[0] is 0"),
        Arguments.of(1, new long[] {8, 3, 2, 1}, "dim[0] is 8"),
        Arguments.of(1, new long[] {-3, 3, 2, 1}, "dim[0] is -3"),
        Arguments.of(1, new long[] {3, 0, 2, 1}, "dim[1] is 0"),
        Arguments.of(1, new long[] {3, 3, -2, 1}, "dim[2] is -2"),
        Arguments.of(1, new long[] {4, 3, 2, 1, -1}, "dim[4] is -1"),
        Arguments.of(1, new long[] {3, 32767, 32767, 32767}, "too large"),
        Arguments.of(1, new long[] {3, 1024, 1024, 512}, "too short"),
        Arguments.of(2, new long[] {3, 1L << 62, 4, 1}, "too large"),
        Arguments.of(2, new long[] {3, 1L << 32, 1L << 32, 1}, "too large"),
        Arguments.of(2, new long[] {3, (1L << 32) + 3, 2, 1}, "too large"),
        Arguments.of(2, new long[] {3, Long.MIN_VALUE, 2, 1}, "dim[1] is -9223372036854775808"),
        Arguments.of(2, new long[] {5, 3, 2, 1, 1L << 40, 1L << 40}, "too large"));
  }

  @ParameterizedTest
  @MethodSource("dims")
  void absurdDimensions(int version, long[] dim, String text) throws IOException {
    HandMadeNifti nifti = new HandMadeNifti(version, ByteOrder.LITTLE_ENDIAN, true, 6).dim(dim);
    refused(nii(nifti), text);
    refused(nifti.write(folder.resolve("bad.nii.gz")), text);
  }

  @Test
  void severalVolumes() throws IOException {
    HandMadeNifti nifti = new HandMadeNifti(1, ByteOrder.LITTLE_ENDIAN, true, 12);
    Path file = nii(nifti.dim(4, 3, 2, 1, 2));
    refused(file, "holds 2 volumes", "4-D");
    BadInputException e =
        assertThrows(BadInputException.class, () -> NiftiReader.readFrame(file, 2));
    assertTrue(e.problem().contains("no volume 2"), e.problem());
    assertThrows(IllegalArgumentException.class, () -> NiftiReader.readFrame(file, -1));
  }

  @ParameterizedTest
  @CsvSource({
    "0, unknown",
    "1, bits",
    "32, complex",
    "128, colours",
    "1536, 128-bit",
    "1792, complex",
    "2048, complex",
    "2304, colours",
    "3, unknown",
    "-2, unknown"
  })
  void typesThatAreNoNumbers(int code, String text) throws IOException {
    refused(nii(HandMadeNifti.plain().type(code, 8)), text, "Convert");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -352, 0.5, 352.5, 1e30, Double.NaN, Double.POSITIVE_INFINITY})
  void impossibleDataOffset(double offset) throws IOException {
    refused(nii(HandMadeNifti.plain().offset(offset)), "vox_offset");
  }

  @Test
  void dataOffsetBeyondTheEnd() throws IOException {
    refused(nii(HandMadeNifti.plain().offset(1 << 20)), "too short");
    refused(HandMadeNifti.plain().offset(400).write(folder.resolve("a.nii.gz")), "early");
  }

  @Test
  void analyze() throws IOException {
    HandMadeNifti nifti = new HandMadeNifti(1, ByteOrder.BIG_ENDIAN, false, 0);
    nifti.bytes.putInt(344, 0);
    Path header = nifti.write(folder.resolve("old.hdr"));
    Files.write(folder.resolve("old.img"), new byte[6]);
    refused(header, "Analyze", "no orientation", "Convert it to NIfTI");
    assertThrows(BadInputException.class, () -> NiftiReader.readGrid(header));
  }

  @Test
  void wrongMagic() throws IOException {
    HandMadeNifti nifti = HandMadeNifti.plain();
    nifti.bytes.put(345, (byte) 'x');
    refused(nii(nifti), "magic");
    HandMadeNifti text = new HandMadeNifti(2, ByteOrder.LITTLE_ENDIAN, true, 6);
    text.bytes.put(8, (byte) '\n'); // carriage return lost, as in a copy in text mode
    refused(nii(text), "magic");
    Path pair = new HandMadeNifti(1, ByteOrder.LITTLE_ENDIAN, false, 20).write(nii(text));
    refused(pair, "only the header");
    refused(HandMadeNifti.plain().write(folder.resolve("a.hdr")), "one file", ".nii");
  }

  @Test
  void notNiftiAtAll() throws IOException {
    byte[] text = "hello ".repeat(100).getBytes(StandardCharsets.US_ASCII);
    refused(Files.write(folder.resolve("a.nii"), text), "not a NIfTI file");
    refused(Files.write(folder.resolve("a.nii.gz"), text), "not a NIfTI file");
    refused(Files.write(folder.resolve("a.dcm"), text), "by its name", ".nii.gz");
    refused(folder.resolve("none.nii"), "does not exist");
    refused(Files.createDirectory(folder.resolve("folder.nii")), "not a file");
  }

  @Test
  void halfAPair() throws IOException {
    Path header =
        new HandMadeNifti(1, ByteOrder.LITTLE_ENDIAN, false, 0).write(folder.resolve("a.hdr"));
    refused(header, "a.img is missing");
    assertEquals(6, NiftiReader.readGrid(header).size());
    refused(Files.write(folder.resolve("b.img"), new byte[6]), "b.hdr is missing");
    Path image = Files.write(folder.resolve("a.img"), new byte[5]);
    BadInputException e = assertThrows(BadInputException.class, () -> NiftiReader.read(header));
    assertTrue(e.problem().startsWith(image + " is too short"), e.problem());
    Files.write(image, new byte[7]);
    refused(image, "holds more");
    Files.delete(image);
    Files.write(folder.resolve("a.img.gz"), new byte[6]);
    refused(folder.resolve("a.img.gz"), "not gzip");
  }

  @Test
  void affinesThatAreNone() throws IOException {
    refused(nii(HandMadeNifti.plain().pixdim(1, 0, 1, 1)), "pixdim[1] is 0");
    refused(
        nii(HandMadeNifti.plain().pixdim(1, 1, Double.NEGATIVE_INFINITY, 1)),
        "pixdim[2] is -Infinity");
    refused(nii(HandMadeNifti.plain().pixdim(1, 1, 1, Double.NaN)), "pixdim[3] is NaN");
    refused(nii(HandMadeNifti.plain().codes(0, 1)), "sform", "invertible");
    refused(
        nii(HandMadeNifti.plain().codes(0, 1).srow(1, 0, 0, Double.NaN, 0, 1, 0, 0, 0, 0, 1, 0)),
        "sform");
    refused(nii(HandMadeNifti.plain().codes(1, 0).quaternion(0.9, 0.9, 0)), "quaternion");
    refused(nii(HandMadeNifti.plain().codes(1, 0).quaternion(Double.NaN, 0, 0)), "quaternion");
    refused(
        nii(HandMadeNifti.plain().codes(1, 0).quaternion(0, 0, 0, Double.POSITIVE_INFINITY)),
        "qform");
  }

  @Test
  void infiniteIntercept() throws IOException {
    refused(nii(HandMadeNifti.plain().scaling(1, Double.NaN)), "scl_inter");
  }
}
