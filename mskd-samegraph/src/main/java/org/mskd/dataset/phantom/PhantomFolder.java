package org.mskd.dataset.phantom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * The folder phantoms lie in, and what may be done to it. A stamp written last says that it is
 * whole; a marker written first says what an interrupted run was about to write. Only files that
 * one of the two accounts for are ever removed.
 */
final class PhantomFolder {
  static final String STAMP = "phantoms.json";
  static final String UNFINISHED = "phantoms-unfinished.json";

  /** Twice what 1000 subjects of each organ come to. */
  private static final long LARGEST_STAMP = 1 << 22;

  private final Path directory;

  PhantomFolder(Path directory) {
    this.directory = directory;
  }

  /** Whether the folder already holds all of these phantoms, each as it was drawn. */
  boolean holds(PhantomStamp stamp) {
    Optional<PhantomStamp> held = stamp(STAMP);
    return held.isPresent()
        && held.get().drawsAs(stamp)
        && stamp.paths().stream().allMatch(path -> intact(path, held.get().files().get(path)));
  }

  private boolean intact(String path, PhantomFile drawn) {
    return drawn != null && drawn.is(directory.resolve(path));
  }

  /**
   * Removes other phantoms and leaves the marker of those to come.
   *
   * @throws BadInputException if the folder holds anything this class did not write
   */
  void begin(PhantomStamp stamp) {
    try {
      if (Files.exists(directory)) {
        clear();
      }
    } catch (IOException e) {
      throw new BadInputException(
          "<phantomDirectory> " + directory + " cannot be emptied: " + e.getMessage() + ".",
          "Check who may write there, or choose another folder.",
          e);
    }
    AtomicFile.writeText(directory.resolve(UNFINISHED), stamp.json());
  }

  /** Stamps the folder as whole, with how each file was left. */
  void finish(PhantomStamp stamp) {
    SortedMap<String, PhantomFile> files = new TreeMap<>();
    stamp.paths().forEach(path -> files.put(path, PhantomFile.of(directory.resolve(path))));
    AtomicFile.writeText(directory.resolve(STAMP), stamp.with(files).json());
    settle();
  }

  /** Removes the marker of a folder that is whole, which an interrupted run may have left. */
  void settle() {
    if (stamp(UNFINISHED).isEmpty()) {
      return; // none, or not one of ours
    }
    try {
      Files.deleteIfExists(directory.resolve(UNFINISHED));
    } catch (IOException e) {
      throw AtomicFile.failed(directory.resolve(STAMP), e);
    }
  }

  private void clear() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new BadInputException(
          "<phantomDirectory> " + directory + " is not a folder.", "Name a folder.");
    }
    List<Path> found;
    try (Stream<Path> walk = Files.walk(directory)) {
      found = walk.filter(path -> !path.equals(directory)).toList();
    }
    Set<Path> ours = ours();
    for (Path path : found) {
      boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
      if (!ours.contains(path)
          && !AtomicFile.isTemporary(path)
          && !(folder && ours.stream().anyMatch(p -> p.startsWith(path)))) {
        throw new BadInputException(
            "<phantomDirectory> "
                + directory
                + " holds "
                + directory.relativize(path)
                + ", which is no phantom of ours.",
            "Name an empty or new folder; nothing was changed.");
      }
    }
    remove(found);
  }

  /** Voxels go first and the accounts of them last, so that an interruption loses no account. */
  private void remove(List<Path> found) throws IOException {
    Path stamp = directory.resolve(STAMP);
    Path unfinished = directory.resolve(UNFINISHED);
    if (Files.exists(stamp)) {
      AtomicFile.move(stamp, unfinished);
    }
    for (Path path : found.stream().sorted(Comparator.reverseOrder()).toList()) {
      if (!path.equals(unfinished)) {
        Files.deleteIfExists(path);
      }
    }
  }

  private Set<Path> ours() {
    Set<Path> ours = new HashSet<>();
    for (String name : List.of(STAMP, UNFINISHED)) {
      Optional<PhantomStamp> stamp = stamp(name);
      if (stamp.isPresent()) {
        ours.add(directory.resolve(name));
        for (String file : stamp.get().paths()) {
          ours.add(directory.resolve(file));
        }
      }
    }
    return ours;
  }

  private Optional<PhantomStamp> stamp(String name) {
    Path file = directory.resolve(name);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) > LARGEST_STAMP) {
        return Optional.empty();
      }
      return Optional.of(PhantomStamp.parse(Files.readString(file)));
    } catch (IOException | RuntimeException e) {
      // Not one of ours, whatever it is.
      return Optional.empty();
    }
  }
}
