package org.mskd.dataset.phantom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.mskd.file.AtomicFile;

/**
 * Which files below a folder were written by this package: those that a stamp there records, and
 * temporary files of killed processes among them. All others belong to the user.
 */
final class PhantomAccount {
  /** Files that operating systems create in folders that are opened; in lower case. */
  private static final Set<String> OF_SYSTEMS = Set.of(".ds_store", "thumbs.db", "desktop.ini");

  /** The end of a temporary file's name as earlier versions wrote it. */
  private static final String FORMER_TEMPORARY = ".part";

  private final Path folder;
  private final Set<Path> recorded = new TreeSet<>();
  private final Set<Path> arriving = new TreeSet<>();
  private final Set<Path> arrived = new TreeSet<>();

  /** Reads the stamps of a folder. */
  PhantomAccount(Path folder) {
    this.folder = folder;
    for (String name : List.of(PhantomFolder.STAMP, PhantomFolder.UNFINISHED)) {
      Path file = folder.resolve(name);
      PhantomStamp.read(file)
          .ifPresent(
              stamp -> {
                recorded.add(file);
                stamp.paths().forEach(path -> recorded.add(folder.resolve(path)));
              });
    }
  }

  /**
   * Adds phantoms that are being moved into the folder. No stamp in it records them yet: those that
   * are no longer where they were drawn have been moved, and a file in the place of any other is
   * the user's.
   */
  PhantomAccount arriving(PhantomStamp stamp, Path drawing) {
    for (String path : stamp.paths()) {
      Path file = folder.resolve(path);
      if (!recorded.contains(file)) {
        arriving.add(file);
        if (!Files.exists(drawing.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
          arrived.add(file);
        }
      }
    }
    return this;
  }

  /** Stamps and volumes that the folder's stamps record, whether they are there or not. */
  Set<Path> recorded() {
    return recorded;
  }

  /** Those of the arriving phantoms that have been moved. */
  Set<Path> arrived() {
    return arrived;
  }

  /** The folders of all these files, without the folder itself; the deepest first. */
  List<Path> folders() {
    Set<Path> folders = new HashSet<>();
    Stream.concat(recorded.stream(), arriving.stream()).forEach(file -> addFolders(folders, file));
    return folders.stream().sorted((a, b) -> b.compareTo(a)).toList();
  }

  private void addFolders(Set<Path> folders, Path file) {
    for (Path part = file.getParent(); !part.equals(folder); part = part.getParent()) {
      folders.add(part);
    }
  }

  /** Temporary files of killed processes. */
  List<Path> temporaries() throws IOException {
    List<Path> folders = new ArrayList<>(folders());
    folders.add(folder);
    List<Path> found = new ArrayList<>();
    for (Path path : below()) {
      if (folders.contains(path.getParent()) && isTemporary(path)) {
        found.add(path);
      }
    }
    return found;
  }

  private boolean isTemporary(Path file) {
    String name = file.getFileName().toString();
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (AtomicFile.isTemporary(file)) {
      return true;
    }
    if (!name.endsWith(FORMER_TEMPORARY)) {
      return false;
    }
    String target = name.substring(0, name.length() - FORMER_TEMPORARY.length());
    return target.equals(PhantomFolder.STAMP)
        || target.equals(PhantomFolder.UNFINISHED)
        || recorded.contains(file.resolveSibling(target));
  }

  /** A file or folder that belongs to the user; empty if there is none. */
  Optional<Path> foreign() throws IOException {
    Set<Path> own = new HashSet<>(temporaries());
    Set<Path> folders = new HashSet<>(folders());
    List<Path> foundFolders = new ArrayList<>();
    for (Path path : below()) {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        foundFolders.add(path);
      } else if (isOfSystem(path)) {
        // Its folder may belong to the phantoms and could not be deleted because of it.
        addFolders(folders, path);
      } else if (!recorded.contains(path) && !own.contains(path) && !arrived.contains(path)) {
        return Optional.of(path);
      }
    }
    return foundFolders.stream().filter(path -> !folders.contains(path)).findFirst();
  }

  private static boolean isOfSystem(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        && OF_SYSTEMS.contains(path.getFileName().toString().toLowerCase(Locale.ROOT));
  }

  /** Everything below the folder but the phantoms that are drawn beside; no link is followed. */
  private List<Path> below() throws IOException {
    Path drawing = folder.resolve(PhantomReplacement.FOLDER);
    Path lock = folder.resolve(PhantomLock.NAME);
    boolean isDrawing = Files.isDirectory(drawing, LinkOption.NOFOLLOW_LINKS);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(
              path ->
                  !path.equals(folder)
                      && !path.equals(lock)
                      && !(isDrawing && path.startsWith(drawing)))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
