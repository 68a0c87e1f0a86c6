package org.mskd.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Permissions of files where the file system has POSIX permissions; elsewhere nothing is set.
 *
 * <p>Java cannot read the umask. It is taken from the permissions of an empty file created for
 * this. Setting the umask and restoring it, as other languages do, would affect all other threads.
 */
final class FilePermissions {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  /** The permissions of a new file of this process; null before the first was needed. */
  private static volatile Set<PosixFilePermission> byUmask;

  private FilePermissions() {}

  static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** What makes a file readable and writable by its owner alone (0600) from its creation on. */
  static FileAttribute<?>[] ownerOnly(Path file) {
    return attributes(file, OWNER_ONLY);
  }

  /** The same for a folder (0700). */
  static FileAttribute<?>[] ownerOnlyFolder(Path folder) {
    return attributes(folder, OWNER_ONLY_FOLDER);
  }

  private static FileAttribute<?>[] attributes(Path file, Set<PosixFilePermission> permissions) {
    return isPosix(file)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  /**
   * Gives a file created with {@link #ownerOnly} the permissions of any new file of this process.
   */
  static void setByUmask(Path file) throws IOException {
    if (!isPosix(file)) {
      return;
    }
    PosixFileAttributeView view = view(file);
    // A file that is not 0600 lies on a file system without permissions of its own, such as FAT,
    // which refuses to change them.
    if (view.readAttributes().permissions().equals(OWNER_ONLY)) {
      view.setPermissions(byUmask(file));
    }
  }

  private static Set<PosixFilePermission> byUmask(Path file) throws IOException {
    Set<PosixFilePermission> known = byUmask;
    if (known == null) {
      Path probe = TemporaryName.inFolderOf(file);
      Files.createFile(probe);
      try {
        known = Set.copyOf(view(probe).readAttributes().permissions());
      } finally {
        Files.deleteIfExists(probe);
      }
      byUmask = known;
    }
    return known;
  }

  private static PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
