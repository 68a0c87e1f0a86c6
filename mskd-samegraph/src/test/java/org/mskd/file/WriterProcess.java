package org.mskd.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a result and a private file, and prints a line at each point: {@code WHAT PERMISSIONS},
 * where a temporary file is seen while its content is written. To be run with another umask.
 */
final class WriterProcess {
  private WriterProcess() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path result = folder.resolve("result");
    AtomicFile.write(result, out -> print("writing", onlyTemporary(folder)));
    print("result", result);
    // Again: the permissions are remembered, and replace those the file was given meanwhile.
    Files.setPosixFilePermissions(result, PosixFilePermissions.fromString("rwxrwxrwx"));
    AtomicFile.write(result, out -> out.write(1));
    print("again", result);
    Files.delete(result);
    Path own = folder.resolve("private");
    AtomicFile.writePrivate(own, out -> print("writing-private", onlyTemporary(folder)));
    print("private", own);
    Files.delete(own);
    Path store = folder.resolve("store");
    try (TemporaryFile file = TemporaryFile.of(store)) {
      print("channel", onlyTemporary(folder));
      file.commit();
    }
    print("store", store);
    Files.delete(store);
    Path plain = Files.createFile(folder.resolve("plain"));
    print("plain", plain);
    Files.delete(plain);
    try (Stream<Path> files = Files.list(folder)) {
      System.out.println("left " + files.toList());
    }
  }

  private static Path onlyTemporary(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> temporary = files.filter(AtomicFile::isTemporary).toList();
      if (temporary.size() != 1) {
        throw new IOException("not one temporary file: " + temporary);
      }
      return temporary.get(0);
    }
  }

  private static void print(String what, Path file) throws IOException {
    System.out.println(
        what
            + " "
            + PosixFilePermissions.toString(
                Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)));
  }
}
