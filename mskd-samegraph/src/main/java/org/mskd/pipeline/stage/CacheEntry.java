package org.mskd.pipeline.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.mskd.file.Sha256;

/**
 * One result in a {@link ResultCache}: its stamp, and its files laid out as in an output directory.
 * Another build may remove it at any time; it then counts as missing.
 *
 * @param folder its folder
 */
record CacheEntry(Path folder) {
  private Path stampFile() {
    return folder.resolve(WorkFolder.STAMP);
  }

  /** The stamp of the result; empty if it is missing or damaged. */
  Optional<StageStamp> stamp() {
    return Optional.ofNullable(StageStamp.read(stampFile()));
  }

  /** The length of all files, as recorded; 0 if the entry is missing. */
  long bytes() {
    return stamp().map(StageStamp::bytes).orElse(0L);
  }

  /** When the result was added or last copied. */
  FileTime lastUse() {
    try {
      return Files.getLastModifiedTime(stampFile());
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  /**
   * Writes an entry: copies of the files of a finished result, then its stamp. The end of a
   * training is left out: it is several times the size of the result.
   */
  void write(StageStamp stamp, Path outputDirectory) throws IOException {
    for (String path : stamp.files()) {
      Path from = outputDirectory.resolve(path);
      boolean isCopied = !from.endsWith(Checkpoints.END);
      if (isCopied && Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) { // may be missing
        copy(from, folder.resolve(path));
      }
    }
    stamp.write(stampFile());
  }

  /**
   * Copies the files, and checks the copies.
   *
   * @param target an empty folder
   * @return the stamp; empty if a file is missing or has other content than is recorded
   */
  Optional<StageStamp> copyTo(Path target) {
    Optional<StageStamp> stamp = stamp();
    try {
      if (stamp.isEmpty() || !isCopied(stamp.get(), target)) {
        return Optional.empty();
      }
      Files.setLastModifiedTime(stampFile(), FileTime.from(Instant.now()));
    } catch (IOException e) {
      return Optional.empty();
    }
    return stamp;
  }

  private boolean isCopied(StageStamp stamp, Path target) throws IOException {
    for (Map.Entry<String, StageStamp.Output> output : stamp.outputs().entrySet()) {
      Path from = folder.resolve(output.getKey());
      boolean plausible =
          Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)
              && Files.size(from) == output.getValue().bytes();
      Path to = target.resolve(output.getKey());
      if (!plausible || !Sha256.of(copy(from, to)).equals(output.getValue().sha256())) {
        return false;
      }
    }
    for (String path : stamp.byProducts()) {
      if (Files.isRegularFile(folder.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
        copy(folder.resolve(path), target.resolve(path));
      }
    }
    return true;
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    return Files.copy(from, to);
  }
}
