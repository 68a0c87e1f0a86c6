package org.mskd.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * The folder of a report. Each file replaces the last report's in one move; {@code report.json}
 * lists the files, so that those which a new report lacks are deleted, and no others.
 */
final class ReportFolder {
  static final String FIRST_PAGE = "index.html";

  private static final String LISTING = "report.json";

  private final Path folder;
  private final Set<String> before;
  private final Set<String> written = new TreeSet<>();

  /**
   * What the listing holds.
   *
   * @param files of the report, relative to its folder
   * @param of digest of what it shows; empty while it is written
   */
  record Listing(List<String> files, String of) {
    Listing {
      files = List.copyOf(files);
      if (of == null) {
        throw new IllegalArgumentException("of is missing");
      }
      for (String file : files) {
        if (!file.matches("[A-Za-z0-9][A-Za-z0-9./-]*") || file.contains("..")) {
          throw new IllegalArgumentException(file + " is not a file of a report");
        }
      }
    }
  }

  /**
   * Begins a report. Its first page is deleted first and written last, so that no page leads to the
   * files of another report.
   */
  ReportFolder(Path folder) {
    this.folder = folder;
    this.before = new TreeSet<>(read(folder).map(Listing::files).orElse(List.of()));
    if (before.contains(FIRST_PAGE)) {
      delete(FIRST_PAGE);
    }
    write(new Listing(List.copyOf(before), ""));
  }

  /**
   * Lists files that will be written, so that a later report finds them if this one is killed.
   *
   * @param files relative to the folder
   */
  void plan(Collection<String> files) {
    before.addAll(files);
    write(new Listing(List.copyOf(before), ""));
  }

  /** The digest of what the folder's report shows; empty if there is no finished report. */
  static Optional<String> shown(Path folder) {
    return read(folder)
        .filter(listing -> !listing.of().isEmpty())
        .filter(
            listing ->
                listing.files().stream()
                    .allMatch(file -> Files.isRegularFile(folder.resolve(file))))
        .map(Listing::of);
  }

  private static Optional<Listing> read(Path folder) {
    try {
      Path file = folder.resolve(LISTING);
      return Files.isRegularFile(file)
          ? Optional.of(ExperimentJson.read(Files.readString(file), Listing.class))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // a damaged listing: its files are replaced, and none is deleted
    }
  }

  private void write(Listing listing) {
    AtomicFile.writeText(folder.resolve(LISTING), ExperimentJson.write(listing) + "\n");
  }

  void text(String path, String text) {
    bytes(path, text.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(String path, byte[] content) {
    AtomicFile.write(folder.resolve(path), out -> out.write(content));
    written.add(path);
  }

  /** Takes note of a file that was written into the folder. */
  void add(String path) {
    written.add(path);
  }

  Path resolve(String path) {
    return folder.resolve(path);
  }

  /**
   * Deletes the files of the last report that this one lacks.
   *
   * @param digest of what the report shows
   */
  void finish(String digest) {
    Set<String> left = new TreeSet<>(before);
    left.removeAll(written);
    left.forEach(this::delete);
    write(new Listing(List.copyOf(written), digest));
  }

  private void delete(String path) {
    try {
      Path file = folder.resolve(path);
      Files.deleteIfExists(file);
      for (Path parent = file.getParent(); !parent.equals(folder); parent = parent.getParent()) {
        Files.deleteIfExists(parent);
      }
    } catch (DirectoryNotEmptyException e) {
      return; // other files are in its folder
    } catch (IOException e) {
      throw new BadInputException(
          folder.resolve(path) + ", a file of an earlier report, cannot be deleted (" + e + ").",
          "Check its permissions.",
          e);
    }
  }
}
