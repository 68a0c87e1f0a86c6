package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

class NativesCacheTest {
  @TempDir private Path temporary;

  @Test
  void theFolderIsMadeAndLeftEmpty() throws Exception {
    Path folder = temporary.resolve("a/b");
    new NativesCache(folder).check();
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamedWithTheElement() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "");
    for (Path folder : new Path[] {file, file.resolve("below")}) {
      NativesCache cache = new NativesCache(folder);
      String message = assertThrows(BadInputException.class, cache::check).getMessage();
      assertTrue(message.startsWith("<nativesCache> " + folder + " cannot be used: "), message);
      assertTrue(message.contains("-Dmskd.nativesCache"), message);
    }
  }
}
