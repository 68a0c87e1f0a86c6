package org.mskd.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mskd.pipeline.claim.OutputDirectory;
import org.mskd.problem.BadInputException;

/** Lists the folders that hold volumes: a folder itself, and two levels below it. */
final class FolderSearch {
  /** Levels below the folder: {@code FOLDER/institution/liver}. */
  private static final int LEVELS = 2;

  private FolderSearch() {}

  /**
   * The folders, each before those below it, in the order of their names. Hidden folders, {@code
   * target} and output directories of mskd are skipped: they hold no input.
   *
   * @throws BadInputException if the folder is missing, is a file or cannot be read
   */
  static List<SetFolder> in(Path root) {
    if (!Files.isDirectory(root)) {
      throw new BadInputException(
          root + (Files.exists(root) ? " is not a folder." : " is missing."),
          "Name the folder that holds the data sets.");
    }
    List<SetFolder> found = new ArrayList<>();
    collect(new SetFolder(root, root), 0, found);
    return found;
  }

  private static void collect(SetFolder folder, int level, List<SetFolder> found) {
    boolean layout = folder.hasLayout();
    if (layout || folder.holdsVolumes()) {
      found.add(folder);
    }
    // Other folders in a data set's folder are not data sets: predictions, other labels.
    if (level == LEVELS || (layout && level > 0)) {
      return;
    }
    for (Path below : folders(folder.directory())) {
      collect(new SetFolder(below, folder.root()), level + 1, found);
    }
  }

  private static List<Path> folders(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(FolderSearch::mayHoldData).sorted().toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static boolean mayHoldData(Path path) {
    String name = path.getFileName().toString();
    return Files.isDirectory(path)
        && !name.startsWith(".")
        && !name.equals("target")
        && !SetFolder.PARTS.contains(name)
        && !OutputDirectory.isOurs(path);
  }

  static BadInputException unreadable(Path folder, IOException cause) {
    return new BadInputException(
        folder + " cannot be listed: " + cause.getMessage() + ".", "Check its permissions.", cause);
  }
}
