package org.mskd.maven.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mskd.file.AtomicFile;

/** A folder as a zip. Equal files give equal bytes: entries are sorted, and have a fixed time. */
public final class ReportArchive {
  // A local time, so that no time zone gets in; from 1 January 1980 Java adds an extra field.
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private ReportArchive() {}

  /**
   * Writes all files below a folder, under their paths relative to it.
   *
   * @throws org.mskd.problem.BadInputException if the zip cannot be written
   */
  public static void write(Path folder, Path target) {
    AtomicFile.write(
        target,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          for (String name : names(folder)) {
            ZipEntry entry = new ZipEntry(name);
            entry.setTimeLocal(TIME);
            zip.putNextEntry(entry);
            Files.copy(folder.resolve(name), zip);
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !AtomicFile.isTemporary(file))
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }
}
