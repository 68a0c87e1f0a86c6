package org.mskd.pipeline.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;

/**
 * {@code digests.json}: the digest of each file together with its length and modification time, so
 * that unchanged files are not read again. It is the only file of an output directory that holds
 * modification times. If it is missing or damaged, files are read again.
 *
 * @param schema of this file
 * @param files by absolute path
 */
public record DigestIndex(int schema, SortedMap<String, Known> files) {
  private static final int SCHEMA = 1;

  /**
   * One file.
   *
   * @param state length and time when the file was read
   * @param sha256 of its bytes
   */
  public record Known(FileState state, String sha256) {}

  public static Path fileIn(Path outputDirectory) {
    return outputDirectory.resolve("digests.json");
  }

  /** The index of an output directory; empty if it cannot be read. */
  public static SortedMap<String, Known> read(Path outputDirectory) {
    try {
      DigestIndex index =
          ExperimentJson.read(Files.readString(fileIn(outputDirectory)), DigestIndex.class);
      boolean whole =
          index.schema == SCHEMA
              && index.files != null
              && index.files.values().stream().allMatch(DigestIndex::whole);
      return whole ? new TreeMap<>(index.files) : new TreeMap<>();
    } catch (IOException | IllegalArgumentException e) {
      return new TreeMap<>(); // it is made again, at the cost of reading all files
    }
  }

  private static boolean whole(Known known) {
    return known != null && known.state != null && known.sha256 != null;
  }

  /** Writes the entries of all files that still exist. */
  public static void write(Path outputDirectory, SortedMap<String, Known> files) {
    SortedMap<String, Known> there = new TreeMap<>(files);
    there.keySet().removeIf(file -> !Files.isRegularFile(Path.of(file)));
    AtomicFile.writeText(
        fileIn(outputDirectory), ExperimentJson.write(new DigestIndex(SCHEMA, there)));
  }
}
