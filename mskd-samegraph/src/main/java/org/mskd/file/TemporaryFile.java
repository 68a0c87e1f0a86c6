package org.mskd.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * A file that is written in the folder of its target and moved over it when it is complete, for
 * writers that need a channel of their own; {@link AtomicFile#write} does for the others. While it
 * is written, its owner alone can read it (0600) and its name cannot be predicted. Without {@link
 * #commit} it is deleted. Not thread-safe.
 */
public final class TemporaryFile implements AutoCloseable {
  private final Path target;
  private final Path path;
  private final FileChannel channel;
  private final boolean staysPrivate;
  private boolean committed;

  private TemporaryFile(Path target, boolean staysPrivate) throws IOException {
    this.target = target;
    this.path = TemporaryName.inFolderOf(target);
    this.staysPrivate = staysPrivate;
    Files.createDirectories(target.toAbsolutePath().getParent());
    this.channel = PrivateFolder.createFile(path);
  }

  /** CREATE_NEW alone fails at a link; only POSIX file systems can refuse to follow one. */
  static Set<OpenOption> options(Path path) {
    Set<OpenOption> options =
        new HashSet<>(
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    if (FilePermissions.isPosix(path)) {
      options.add(LinkOption.NOFOLLOW_LINKS);
    }
    return options;
  }

  /** Begins a file that has the permissions of the umask when it is committed. */
  public static TemporaryFile of(Path target) throws IOException {
    return new TemporaryFile(target, false);
  }

  /** Begins a file that its owner alone can read and write (0600), also when it is committed. */
  public static TemporaryFile privateOf(Path target) throws IOException {
    return new TemporaryFile(target, true);
  }

  /** Open for reading and writing; closed by this file. An interrupt of its thread closes it. */
  public FileChannel channel() {
    return channel;
  }

  /** Forces the file to the disk and moves it over its target. */
  public void commit() throws IOException {
    commit(target);
  }

  /**
   * As {@link #commit()}, over another target.
   *
   * @param other in the folder of the target; a link is replaced, not followed
   */
  public void commit(Path other) throws IOException {
    channel.force(true);
    if (!staysPrivate) {
      FilePermissions.setByUmask(path);
    }
    channel.close();
    AtomicFile.move(path, other);
    committed = true;
  }

  /** Deletes the file unless it is committed. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      if (!committed) {
        Files.deleteIfExists(path);
      }
    }
  }
}
