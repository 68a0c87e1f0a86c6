package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The entries of a {@link ResultCache} as folders. An entry appears and disappears by one move, so
 * that several builds may add and remove at once.
 *
 * @param folder the folder of the cache
 */
record CacheEntries(Path folder) {
  /** Where entries are made and removed. */
  private static final String UNFINISHED = ".new";

  private static final String LOCK = ".lock";

  /** A lock on a file holds for a whole JVM. */
  private static final Object IN_THIS_JVM = new Object();

  /** After this time, what is unfinished belongs to a killed build. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  /** All entries below a folder, the one that was not used for the longest time first. */
  static List<CacheEntry> below(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().equals(WorkFolder.STAMP))
          .map(Path::getParent)
          .filter(entry -> entry.getFileName().toString().matches("[0-9a-f]{32}"))
          .map(CacheEntry::new)
          .sorted(Comparator.comparing(CacheEntry::lastUse))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // another build is removing entries
    }
  }

  /** A new folder in which an entry is made; it does not exist yet. */
  Path fresh() {
    return folder.resolve(UNFINISHED).resolve(UUID.randomUUID().toString());
  }

  /** Moves a finished entry to its place, unless another build was first. */
  void publish(Path made, Path entry) throws IOException {
    try {
      Files.createDirectories(entry.getParent());
      Files.move(made, entry, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(entry)) {
        throw e;
      }
      StageFiles.deleteAll(made);
    }
  }

  /** Removes a damaged entry, unless another build was first or the cache is read-only. */
  void removeDamaged(CacheEntry entry) {
    try {
      exclusively(() -> remove(entry));
    } catch (IOException e) {
      // It is found damaged again, and not used.
    }
  }

  /** Removes an entry, unless another build was first or the cache is read-only. */
  void remove(CacheEntry entry) {
    Path aside = fresh();
    try {
      Files.createDirectories(aside.getParent());
      Files.move(entry.folder(), aside, StandardCopyOption.ATOMIC_MOVE);
      StageFiles.deleteAll(aside);
    } catch (IOException e) {
      // It is not used, and counts again when entries are removed the next time.
    }
  }

  /** Removes the entries that were not used for the longest time, until a bound holds. */
  void limit(long mostBytes) throws IOException {
    exclusively(() -> removeOldest(mostBytes));
  }

  /** One build at a time, so that none counts what another one is removing. */
  private void exclusively(Runnable removal) throws IOException {
    synchronized (IN_THIS_JVM) {
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        removal.run();
      }
    }
  }

  private void removeOldest(long mostBytes) {
    removeAbandoned();
    List<CacheEntry> oldest = below(folder);
    long total = oldest.stream().mapToLong(CacheEntry::bytes).sum();
    for (CacheEntry entry : oldest) {
      if (total <= mostBytes) {
        return;
      }
      total -= entry.bytes();
      remove(entry);
    }
  }

  private void removeAbandoned() {
    Instant limit = Instant.now().minus(ABANDONED);
    try (Stream<Path> folders = Files.list(folder.resolve(UNFINISHED))) {
      for (Path made : folders.toList()) {
        if (isOlder(made, limit)) {
          StageFiles.deleteAll(made);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // There is none, or another build is removing it.
    }
  }

  private static boolean isOlder(Path made, Instant limit) {
    try {
      return Files.getLastModifiedTime(made).toInstant().isBefore(limit);
    } catch (IOException e) {
      return false; // finished meanwhile
    }
  }
}
