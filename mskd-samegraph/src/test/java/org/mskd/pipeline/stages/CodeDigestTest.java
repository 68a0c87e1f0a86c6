package org.mskd.pipeline.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeDigestTest {
  @TempDir Path folder;

  private String ofFolder(String name, Map<String, String> files) throws IOException {
    for (var file : files.entrySet()) {
      Path path = folder.resolve(name).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return CodeDigest.of(folder.resolve(name));
  }

  private String ofJar(long time, Map<String, String> files) throws IOException {
    Path jar = folder.resolve("library.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (var file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(time);
        out.putNextEntry(entry);
        out.write(file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return CodeDigest.of(jar);
  }

  @Test
  void theSameClassesAreTheSameCodeWhereverTheyLie() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("b/B.class", "bytes of B");
    files.put("a/A.class", "bytes of A");
    String digest = ofFolder("classes", files);
    assertEquals(digest, ofJar(1_000_000_000_000L, files));
    files.put("META-INF/MANIFEST.MF", "Build-Time: now");
    assertEquals(digest, ofJar(1_600_000_000_000L, files));
  }

  @Test
  void anyOtherClassOrNameIsOtherCode() throws IOException {
    String digest = ofFolder("one", Map.of("a/A.class", "1"));
    assertNotEquals(digest, ofFolder("two", Map.of("a/A.class", "2")));
    assertNotEquals(digest, ofFolder("three", Map.of("a/B.class", "1")));
    assertNotEquals(digest, ofFolder("four", Map.of("a/A.class", "1", "a/A$1.class", "1")));
  }

  @Test
  void theRunningCodeHasOne() {
    assertTrue(CodeDigest.ofThisLibrary().matches("[0-9a-f]{16}"), CodeDigest.ofThisLibrary());
    assertEquals(CodeDigest.ofThisLibrary(), CodeDigest.ofThisLibrary());
  }
}
