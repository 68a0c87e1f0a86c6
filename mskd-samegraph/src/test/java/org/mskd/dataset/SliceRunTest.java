package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.file.FileBytes;

/** Slices of six bytes between other bytes. */
class SliceRunTest {
  @TempDir Path folder;

  @Test
  void everySliceIsFound() throws IOException {
    byte[] bytes = new byte[5 + 7 * 6 + 4];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    Path file = Files.write(folder.resolve("slices"), bytes);
    SliceRun slices = new SliceRun(new FileBytes(file, ByteOrder.LITTLE_ENDIAN), 5, 7, 6);
    for (int slice = 0; slice < 7; slice++) {
      byte[] read = new byte[6];
      slices.slice(slice).get(read);
      int from = 5 + slice * 6;
      assertArrayEquals(Arrays.copyOfRange(bytes, from, from + 6), read);
    }
    assertThrows(IndexOutOfBoundsException.class, () -> slices.slice(7));
    assertThrows(IndexOutOfBoundsException.class, () -> slices.slice(-1));
  }

  @Test
  void numbersAreOfTheGivenOrder() throws IOException {
    Path file = Files.write(folder.resolve("slices"), new byte[] {1, 2});
    SliceRun slices = new SliceRun(new FileBytes(file, ByteOrder.LITTLE_ENDIAN), 0, 1, 2);
    assertEquals(0x0201, slices.slice(0).getShort());
  }
}
