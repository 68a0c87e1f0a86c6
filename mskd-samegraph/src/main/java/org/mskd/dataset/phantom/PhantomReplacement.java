package org.mskd.dataset.phantom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Phantoms that are drawn beside those they replace, in {@code .drawing}. A stamp without digests
 * is written first and lists what may lie there. The complete stamp is written last: from then on
 * they replace the others, and a replacement that is interrupted is completed by the next run.
 * Before it, the others are as they were.
 */
final class PhantomReplacement {
  static final String FOLDER = ".drawing";

  private final Path directory;
  private final Path drawing;
  private final PhantomChanges changes;

  PhantomReplacement(Path directory, PhantomChanges changes) {
    this.directory = directory;
    this.drawing = directory.resolve(FOLDER);
    this.changes = changes;
  }

  /** Where they are drawn. */
  Path drawing() {
    return drawing;
  }

  /** Which files are drawn, or are the stamps of what is. */
  PhantomAccount account() {
    return new PhantomAccount(drawing);
  }

  /** Which files of the folder are its own while these phantoms are moved into it. */
  PhantomAccount accountWith(PhantomStamp next) {
    return new PhantomAccount(directory).arriving(next, drawing);
  }

  /** The stamp of phantoms that are all drawn and have not all been moved into place. */
  Optional<PhantomStamp> committed() {
    return Files.isDirectory(drawing, LinkOption.NOFOLLOW_LINKS)
        ? PhantomStamp.read(drawing.resolve(PhantomFolder.STAMP))
        : Optional.empty();
  }

  /** Whether each phantom is intact, where it was drawn or, once moved, where it belongs. */
  boolean isWhole(PhantomStamp next) {
    return next.paths().stream().allMatch(path -> isWhole(path, next.files().get(path)));
  }

  private boolean isWhole(String path, PhantomFile drawn) {
    Path file = drawing.resolve(path);
    boolean moved = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    return drawn != null && drawn.is(moved ? directory.resolve(path) : file);
  }

  /** Begins to draw, in an empty folder. */
  void begin(PhantomStamp stamp) throws IOException {
    clear();
    changes.write(drawing.resolve(PhantomFolder.UNFINISHED), stamp.json());
  }

  /** The stamp with how each file was drawn. */
  PhantomStamp drawn(PhantomStamp stamp) {
    SortedMap<String, PhantomFile> files = new TreeMap<>();
    stamp.paths().forEach(path -> files.put(path, PhantomFile.of(drawing.resolve(path))));
    return stamp.with(files);
  }

  /** From here on the drawn phantoms are the valid ones. */
  void commit(PhantomStamp drawn) {
    changes.write(drawing.resolve(PhantomFolder.STAMP), drawn.json());
  }

  /**
   * Puts the committed phantoms in the place of the others. The stamp of the others goes last, as
   * it records what is theirs; so an interrupted replacement can be completed from any point.
   */
  void replace(PhantomStamp next) throws IOException {
    PhantomAccount others = new PhantomAccount(directory);
    Set<Path> staying = new HashSet<>();
    next.paths().forEach(path -> staying.add(directory.resolve(path)));
    Path stamp = directory.resolve(PhantomFolder.STAMP);
    Path unfinished = directory.resolve(PhantomFolder.UNFINISHED);
    for (Path file : others.recorded()) {
      if (!staying.contains(file) && !file.equals(stamp) && !file.equals(unfinished)) {
        changes.delete(directory, file);
      }
    }
    for (Path file : others.temporaries()) {
      changes.delete(directory, file);
    }
    for (String path : next.paths()) {
      if (Files.exists(drawing.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
        changes.move(directory, drawing.resolve(path), directory.resolve(path));
      }
    }
    for (Path folder : others.folders()) {
      changes.deleteEmpty(directory, folder);
    }
    changes.move(directory, drawing.resolve(PhantomFolder.STAMP), stamp);
    if (others.recorded().contains(unfinished)) {
      changes.delete(directory, unfinished);
    }
    clear();
  }

  /** Gives up phantoms that were damaged before all were in place. */
  void giveUp(PhantomStamp next) throws IOException {
    PhantomAccount account = accountWith(next);
    for (Path file : account.arrived()) {
      changes.delete(directory, file);
    }
    for (Path folder : account.folders()) {
      changes.deleteEmpty(directory, folder);
    }
    clear();
  }

  /**
   * Deletes what was drawn. The complete stamp goes first, the one that lists what may lie here
   * last.
   */
  void clear() throws IOException {
    if (!Files.isDirectory(drawing, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    PhantomAccount account = account();
    Path unfinished = drawing.resolve(PhantomFolder.UNFINISHED);
    Path stamp = drawing.resolve(PhantomFolder.STAMP);
    if (account.recorded().contains(stamp)) {
      changes.delete(drawing, stamp); // first: nothing may be moved into place any more
    }
    for (Path file : account.temporaries()) {
      changes.delete(drawing, file);
    }
    for (Path file : account.recorded()) {
      if (!file.equals(unfinished)) {
        changes.delete(drawing, file);
      }
    }
    for (Path folder : account.folders()) {
      changes.deleteEmpty(drawing, folder);
    }
    if (account.recorded().contains(unfinished)) {
      changes.delete(drawing, unfinished);
    }
    changes.deleteEmpty(directory, drawing);
  }
}
