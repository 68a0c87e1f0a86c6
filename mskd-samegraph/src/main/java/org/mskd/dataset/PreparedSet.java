package org.mskd.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.finding.FingerprintedSet;
import org.mskd.problem.BadInputException;

/**
 * A data set whose preparation is complete.
 *
 * @param name the organ, or the unlabelled source; {@value #TEST} for the test set
 * @param stores one slice store a subject, sorted by subject
 */
public record PreparedSet(String name, List<Path> stores) {
  /** The test set's name and folder. */
  public static final String TEST = "test";

  static final String ENDING = ".slices";

  /**
   * Lists the stores; written last and removed first: a set counts as prepared while it is there.
   */
  private static final String LISTING = "set.json";

  public PreparedSet {
    stores = List.copyOf(stores);
  }

  /** What the listing holds. */
  record Listing(String name, List<String> stores) {
    Listing {
      if (name == null || stores == null || stores.isEmpty()) {
        throw new IllegalArgumentException("no stores");
      }
      for (String store : stores) {
        if (!store.endsWith(ENDING) || store.indexOf('/') >= 0 || store.indexOf('\\') >= 0) {
          throw new IllegalArgumentException("not a slice store's name: " + store);
        }
      }
    }
  }

  /**
   * Reads what {@link Preparer} left in a folder.
   *
   * @throws BadInputException if the set was not prepared to its end, or a store is gone
   */
  public static PreparedSet read(Path folder) {
    Path listing = folder.resolve(LISTING);
    Listing read;
    try {
      read = ExperimentJson.read(Files.readString(listing), Listing.class);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          folder + " does not hold a complete prepared data set.", "Run mskd:prepare.", e);
    }
    List<Path> stores = read.stores().stream().map(folder::resolve).toList();
    for (Path store : stores) {
      if (!Files.isRegularFile(store)) {
        throw new BadInputException(store + " is missing.", "Run mskd:prepare again.");
      }
    }
    return new PreparedSet(read.name(), stores);
  }

  /** The fingerprints of its scans, from the headers of the stores. */
  public FingerprintedSet fingerprints() {
    return new FingerprintedSet(
        SetFolders.title(name),
        stores.stream()
            .map(SliceStore::subject)
            .map(PreparedSubject::fingerprint)
            .flatMap(Optional::stream)
            .toList());
  }

  /** The name of a subject's store in the folder of its set. */
  public static String fileName(Subject subject) {
    return subject.id() + ENDING;
  }

  /** Writes the listing of the stores, which are on the disk. */
  void write(Path folder) {
    List<String> names = stores.stream().map(store -> store.getFileName().toString()).toList();
    AtomicFile.writeText(
        folder.resolve(LISTING), ExperimentJson.write(new Listing(name, names)) + "\n");
  }

  /** Removes the listing: the folder holds no prepared set any more. */
  static void invalidate(Path folder) {
    Path listing = folder.resolve(LISTING);
    try {
      Files.deleteIfExists(listing);
    } catch (IOException e) {
      throw new BadInputException(
          listing + " cannot be deleted: " + e.getMessage() + ".", "Check its permissions.", e);
    }
  }
}
