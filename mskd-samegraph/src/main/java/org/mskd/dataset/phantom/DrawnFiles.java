package org.mskd.dataset.phantom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.mskd.experiment.Phantoms;

/**
 * The volumes of declared phantoms: those that are to be drawn, and those that the stamps in their
 * folder record. Every other file there is the user's.
 */
public final class DrawnFiles {
  private final Path directory;
  private final Set<Path> files = new HashSet<>();

  private DrawnFiles(Path directory) {
    this.directory = directory;
  }

  /** Reads the stamps in the folder, where it is there. */
  public static DrawnFiles of(Phantoms phantoms) {
    Path directory = phantoms.phantomDirectory().toAbsolutePath().normalize();
    DrawnFiles drawn = new DrawnFiles(directory);
    drawn.add(PhantomStamp.of(phantoms));
    for (Path stamp :
        new Path[] {
          directory.resolve(PhantomFolder.STAMP),
          directory.resolve(PhantomFolder.UNFINISHED),
          directory.resolve(PhantomReplacement.FOLDER).resolve(PhantomFolder.STAMP)
        }) {
      PhantomStamp.read(stamp).ifPresent(drawn::add);
    }
    return drawn;
  }

  private void add(PhantomStamp stamp) {
    stamp.paths().forEach(path -> files.add(directory.resolve(path)));
  }

  /**
   * Whether a file is one of these volumes, by its path; the file need not be there. A path through
   * links to the folder counts as well.
   */
  public boolean contains(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    if (files.contains(absolute)) {
      return true;
    }
    try {
      Path real = file.toRealPath();
      Path folder = directory.toRealPath();
      return real.startsWith(folder) && files.contains(directory.resolve(folder.relativize(real)));
    } catch (IOException e) {
      return false; // one of them is not there
    }
  }
}
