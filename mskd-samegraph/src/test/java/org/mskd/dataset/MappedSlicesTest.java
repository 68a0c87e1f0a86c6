package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pieces that hold one slice, some, and all of them. */
class MappedSlicesTest {
  @TempDir Path folder;

  @Test
  void everySliceIsFoundHoweverTheFileIsCut() throws IOException {
    byte[] bytes = new byte[5 + 7 * 6 + 4];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    Path file = Files.write(folder.resolve("slices"), bytes);
    for (int piece : new int[] {1, 6, 17, 18, 19, 42, 1000}) {
      try (FileChannel channel = FileChannel.open(file)) {
        MappedSlices slices = new MappedSlices(channel, 5, 7, 6, piece);
        for (int slice = 0; slice < 7; slice++) {
          byte[] read = new byte[6];
          slices.slice(slice).get(read);
          int from = 5 + slice * 6;
          assertArrayEquals(Arrays.copyOfRange(bytes, from, from + 6), read, "piece " + piece);
        }
        assertThrows(IndexOutOfBoundsException.class, () -> slices.slice(7));
      }
    }
  }
}
