package org.mskd.maven.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportArchiveTest {
  @TempDir Path folder;

  private Path report(String name, long time, String... files) throws IOException {
    for (String file : files) {
      Path path = folder.resolve(name).resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "content of " + file);
      Files.setLastModifiedTime(path, FileTime.fromMillis(time));
    }
    return folder.resolve(name);
  }

  @Test
  void equalFilesGiveEqualBytes() throws IOException {
    Path one = report("one", 0, "index.html", "images/b.png", "images/a.png");
    Path other = report("other", 1_000_000_000_000L, "images/a.png", "images/b.png", "index.html");
    Path zip = folder.resolve("new/one.zip");
    ReportArchive.write(one, zip);
    ReportArchive.write(other, folder.resolve("other.zip"));
    assertArrayEquals(Files.readAllBytes(zip), Files.readAllBytes(folder.resolve("other.zip")));
    try (ZipFile read = new ZipFile(zip.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(read.entries());
      assertEquals(
          List.of("images/a.png", "images/b.png", "index.html"),
          entries.stream().map(ZipEntry::getName).toList());
      assertEquals(
          "content of images/a.png",
          new String(read.getInputStream(entries.get(0)).readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
