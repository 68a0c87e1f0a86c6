package org.mskd.pipeline.claim;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** Folders and files that only their owner can read, under names that nobody can guess. */
final class PrivateFolder {
  private static final int RANDOM_BYTES = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  private PrivateFolder() {}

  /** Makes a folder whose name begins with {@code prefix}, and the folder that it lies in. */
  static Path create(Path parent, String prefix) throws IOException {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    Files.createDirectories(parent);
    return Files.createDirectory(
        parent.resolve(prefix + HexFormat.of().formatHex(random)), ownerOnly("rwx------"));
  }

  /** Makes a file; one that is there already, be it a link, is an error. */
  static FileChannel createFile(Path file) throws IOException {
    Set<? extends java.nio.file.OpenOption> options =
        Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, options, ownerOnly("rw-------"));
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
