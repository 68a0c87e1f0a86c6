package org.mskd.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mskd.problem.BadInputException;

class NiftiReaderTest {
  @TempDir Path folder;

  /** How voxels are laid down, and the float each must become. */
  @SuppressWarnings("ImmutableEnumChecker")
  private enum Kind {
    UINT8(2, 1, 0, 255, 7),
    INT8(256, 1, -128, 127, -7),
    UINT16(512, 2, 0, 65535, 258),
    INT16(4, 2, -32768, 32767, -1024),
    UINT32(768, 4, 0, 4294967295.0, 16909060),
    INT32(8, 4, -2147483648.0, 2147483647, -1000),
    UINT64(1280, 8, 0, 0x1p64, 0x0102030405060708L),
    INT64(1024, 8, -0x1p63, 0x1p63, -12),
    FLOAT32(16, 4, -0.1f, 3.4e38f, 1e-40f),
    FLOAT64(64, 8, -0.1, 1e30, 2.5);

    final int code;
    final int bytes;
    final double[] values;

    Kind(int code, int bytes, double... values) {
      this.code = code;
      this.bytes = bytes;
      this.values = values;
    }

    void put(ByteBuffer out, int at, int i) {
      switch (this) {
        case FLOAT32 -> out.putFloat(at, (float) values[i]);
        case FLOAT64 -> out.putDouble(at, values[i]);
        // Bits set explicitly: casts would saturate.
        case UINT64 -> out.putLong(at, new long[] {0, -1L, 0x0102030405060708L}[i]);
        case UINT32, INT32 -> out.putInt(at, (int) (long) values[i]);
        case INT64 -> out.putLong(at, new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -12}[i]);
        case UINT16, INT16 -> out.putShort(at, (short) (int) values[i]);
        case UINT8, INT8 -> out.put(at, (byte) (int) values[i]);
      }
    }
  }

  static List<Arguments> everyKind() {
    List<Arguments> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int version = 1; version <= 2; version++) {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
          for (String ending : List.of(".nii", ".nii.gz")) {
            all.add(Arguments.of(kind, version, order, ending));
          }
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void everyTypeOrderAndVersion(Kind kind, int version, ByteOrder order, String ending)
      throws IOException {
    HandMadeNifti nifti = new HandMadeNifti(version, order, true, 3 * kind.bytes);
    nifti.type(kind.code, 8 * kind.bytes).dim(3, 3, 1, 1).pixdim(1, 0.5, 2, 4);
    for (int i = 0; i < 3; i++) {
      kind.put(nifti.bytes, nifti.start() + i * kind.bytes, i);
    }
    Volume volume = NiftiReader.read(nifti.write(folder.resolve("a" + ending)));
    assertEquals(new Grid(3, 1, 1, Affine.scaling(0.5, 2, 4)), volume.grid());
    float[] expected = {
      (float) kind.values[0], (float) kind.values[1], (float) kind.values[2],
    };
    assertArrayEquals(expected, volume.voxels());
  }

  @Test
  void everyNiftiTypeThatIsANumberIsCovered() {
    assertEquals(VoxelType.values().length, Kind.values().length);
    for (Kind kind : Kind.values()) {
      assertEquals(kind.name(), VoxelType.ofCode(kind.code).orElseThrow().name());
    }
  }

  @ParameterizedTest
  @MethodSource("slopes")
  void scaling(double slope, double intercept, float first, float second) throws IOException {
    for (int version = 1; version <= 2; version++) {
      HandMadeNifti nifti = new HandMadeNifti(version, ByteOrder.BIG_ENDIAN, true, 6);
      nifti.scaling(slope, intercept);
      nifti.bytes.put(nifti.start(), (byte) 4).put(nifti.start() + 1, (byte) 200);
      Volume volume = NiftiReader.read(nifti.write(folder.resolve("scaled.nii")));
      assertEquals(first, volume.at(0, 0, 0));
      assertEquals(second, volume.at(1, 0, 0));
    }
  }

  static List<Arguments> slopes() {
    return List.of(
        Arguments.of(0, 99, 4f, 200f),
        Arguments.of(Double.NaN, 99, 4f, 200f),
        Arguments.of(1, 0, 4f, 200f),
        Arguments.of(1, -1024, -1020f, -824f),
        Arguments.of(-0.5, 10, 8f, -90f),
        Arguments.of(1.5625, -125, -118.75f, 187.5f));
  }

  @Test
  void largeIntegersAreScaledBeforeTheyAreRoundedToFloat() throws IOException {
    HandMadeNifti nifti = new HandMadeNifti(1, ByteOrder.LITTLE_ENDIAN, true, 4);
    nifti.type(8, 32).dim(3, 1, 1, 1).scaling(1, -16777216);
    nifti.bytes.putInt(352, 16777217); // 2^24 + 1, which no float is
    assertEquals(1f, NiftiReader.read(nifti.write(folder.resolve("a.nii"))).at(0, 0, 0));
  }

  @Test
  void firstAxisIsFastest() throws IOException {
    HandMadeNifti nifti = new HandMadeNifti(1, ByteOrder.LITTLE_ENDIAN, true, 24);
    nifti.dim(3, 2, 3, 4);
    for (int i = 0; i < 24; i++) {
      nifti.bytes.put(352 + i, (byte) i);
    }
    Volume volume = NiftiReader.read(nifti.write(folder.resolve("a.nii.gz")));
    assertEquals(1 + 2 * (2 + 3 * 3), volume.at(1, 2, 3));
    assertEquals(6, volume.at(0, 0, 1));
  }

  @Test
  void blocksJoinWithoutASeam() throws IOException {
    int n = 20011; // several blocks and a rest
    HandMadeNifti nifti = new HandMadeNifti(1, ByteOrder.BIG_ENDIAN, true, 2 * n);
    nifti.type(512, 16).dim(3, n, 1, 1);
    for (int i = 0; i < n; i++) {
      nifti.bytes.putShort(352 + 2 * i, (short) i);
    }
    Volume volume = NiftiReader.read(nifti.write(folder.resolve("a.nii.gz")));
    for (int i = 0; i < n; i++) {
      assertEquals(i, volume.voxels()[i]);
    }
  }

  @Test
  void extensionsAndAnyDataOffsetAreSkipped() throws IOException {
    for (String ending : List.of(".nii", ".nii.gz")) {
      HandMadeNifti nifti = new HandMadeNifti(1, ByteOrder.LITTLE_ENDIAN, true, 77 + 6);
      nifti.bytes.put(348, (byte) 1).putInt(352, 64).putInt(356, 4).put(352 + 77, (byte) 42);
      nifti.offset(352 + 77);
      Volume volume = NiftiReader.read(nifti.write(folder.resolve("a" + ending)));
      assertEquals(42, volume.at(0, 0, 0));
    }
  }

  @Test
  void missingAndTrailingDimensionsAreOne() throws IOException {
    HandMadeNifti flat = HandMadeNifti.plain().dim(2, 3, 2, 77, 77).pixdim(1, 2, 2, 0);
    Grid grid = NiftiReader.readGrid(flat.write(folder.resolve("flat.nii")));
    assertEquals(new Grid(3, 2, 1, Affine.scaling(2, 2, 1)), grid);
    assertEquals(grid, NiftiReader.read(folder.resolve("flat.nii")).grid());
    HandMadeNifti line = HandMadeNifti.plain().dim(1, 6, 99, 99);
    assertEquals(6, NiftiReader.read(line.write(folder.resolve("line.nii"))).grid().nx());
    HandMadeNifti seven = HandMadeNifti.plain().dim(7, 3, 2, 1, 1, 0, 1, 1);
    assertEquals(6, NiftiReader.read(seven.write(folder.resolve("seven.nii"))).voxels().length);
  }

  @Test
  void oneVolumeOfSeveral() throws IOException {
    for (String ending : List.of(".nii", ".nii.gz")) {
      HandMadeNifti nifti = new HandMadeNifti(2, ByteOrder.LITTLE_ENDIAN, true, 36);
      nifti.dim(5, 3, 2, 1, 2, 3);
      for (int i = 0; i < 36; i++) {
        nifti.bytes.put(nifti.start() + i, (byte) (100 + i));
      }
      Path file = nifti.write(folder.resolve("4d" + ending));
      assertEquals(6, NiftiReader.frames(file));
      assertArrayEquals(
          new float[] {100, 101, 102, 103, 104, 105}, NiftiReader.readFrame(file, 0).voxels());
      assertArrayEquals(
          new float[] {130, 131, 132, 133, 134, 135}, NiftiReader.readFrame(file, 5).voxels());
    }
  }

  @Test
  void pairsByEitherName() throws IOException {
    for (int version = 1; version <= 2; version++) {
      for (String gz : List.of("", ".gz")) {
        HandMadeNifti nifti = new HandMadeNifti(version, ByteOrder.BIG_ENDIAN, false, 0);
        String name = "p" + version;
        Path header = nifti.offset(2).write(folder.resolve(name + ".hdr" + gz));
        byte[] voxels = {0x1f, (byte) 0x8b, 1, 2, 3, 4, 5, 6}; // begins like gzip, and is not
        Path image =
            Files.write(
                folder.resolve(name + ".img" + gz),
                gz.isEmpty() ? voxels : HandMadeNifti.gzip(voxels));
        float[] expected = {1, 2, 3, 4, 5, 6};
        assertArrayEquals(expected, NiftiReader.read(header).voxels());
        assertArrayEquals(expected, NiftiReader.read(image).voxels());
        assertEquals(new Grid(3, 2, 1, Affine.scaling(1, 1, 1)), NiftiReader.readGrid(image));
        Files.delete(header);
        Files.delete(image);
      }
    }
  }

  @Test
  void namesTheFilesOfAVolume() throws IOException {
    Path single = HandMadeNifti.plain().write(folder.resolve("s.nii"));
    assertEquals(List.of(single), NiftiReader.files(single));
    Path header = Files.writeString(folder.resolve("p.hdr"), "any");
    BadInputException e = assertThrows(BadInputException.class, () -> NiftiReader.files(header));
    assertEquals(header + " has no voxels: p.img is missing.", e.problem());
    Path image = Files.writeString(folder.resolve("p.img.gz"), "any");
    assertEquals(List.of(header, image), NiftiReader.files(header));
    assertEquals(List.of(header, image), NiftiReader.files(image));
  }

  @Test
  void pairsOfWhichOnlyOneIsCompressed() throws IOException {
    Path header =
        new HandMadeNifti(1, ByteOrder.LITTLE_ENDIAN, false, 0).write(folder.resolve("p.hdr"));
    Path image =
        Files.write(folder.resolve("p.img.gz"), HandMadeNifti.gzip(new byte[] {6, 5, 4, 3, 2, 1}));
    float[] expected = {6, 5, 4, 3, 2, 1};
    assertArrayEquals(expected, NiftiReader.read(header).voxels());
    assertArrayEquals(expected, NiftiReader.read(image).voxels());
  }

  @Test
  void namesInCapitalsAndWithDots() throws IOException {
    Path file = HandMadeNifti.plain().write(folder.resolve("scan.1.2.NII"));
    assertEquals(6, NiftiReader.read(file).voxels().length);
  }

  @Test
  void contentDecidesWhetherAHeaderIsCompressed() throws IOException {
    byte[] plain = HandMadeNifti.plain().bytes.array();
    Path packed = Files.write(folder.resolve("packed.nii"), HandMadeNifti.gzip(plain));
    Path unpacked = Files.write(folder.resolve("unpacked.nii.gz"), plain);
    assertEquals(6, NiftiReader.read(packed).voxels().length);
    assertEquals(6, NiftiReader.read(unpacked).voxels().length);
  }

  @Test
  void nanAndInfinityPassThrough() throws IOException {
    HandMadeNifti nifti = new HandMadeNifti(1, ByteOrder.LITTLE_ENDIAN, true, 12);
    nifti.type(16, 32).dim(3, 3, 1, 1);
    nifti.bytes.putFloat(352, Float.NaN).putFloat(356, Float.NEGATIVE_INFINITY).putFloat(360, -0f);
    assertArrayEquals(
        new float[] {Float.NaN, Float.NEGATIVE_INFINITY, -0f},
        NiftiReader.read(nifti.write(folder.resolve("a.nii"))).voxels());
  }

  @Test
  void gzipNamesCommentsAndJoinedMembers() throws IOException {
    byte[] content = HandMadeNifti.plain().bytes.array();
    content[352] = 9;
    byte[] first = HandMadeNifti.gzip(Arrays.copyOf(content, 100));
    byte[] second = HandMadeNifti.gzip(Arrays.copyOfRange(content, 100, content.length));
    ByteBuffer file = ByteBuffer.allocate(1000);
    // FHCRC, FEXTRA, FNAME and FCOMMENT all set on the first member.
    file.put(first, 0, 3).put((byte) (2 | 4 | 8 | 16)).put(first, 4, 6);
    file.put(new byte[] {3, 0, 1, 2, 3}).put("name\0comment\0ab".getBytes(StandardCharsets.UTF_8));
    file.put(first, 10, first.length - 10).put(second).put(new byte[512 - file.position()]);
    byte[] all = Arrays.copyOf(file.array(), file.position());
    Volume volume = NiftiReader.read(Files.write(folder.resolve("a.nii.gz"), all));
    assertArrayEquals(new float[] {9, 0, 0, 0, 0, 0}, volume.voxels());
  }
}
