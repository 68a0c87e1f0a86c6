package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.Sha256;

/**
 * Finished results of a stage with other inputs, {@code kept/ID/KEY/}: each with its stamp, laid
 * out as the output directory, and found by a digest of its inputs.
 *
 * @param outputDirectory the output directory
 * @param stageId the stage
 */
record KeptResults(Path outputDirectory, String stageId) {
  static final String KEPT = "kept";
  private static final String STAMP = WorkFolder.STAMP;
  private static final int KEY_LENGTH = 32;

  static String key(SortedMap<String, String> inputs) {
    return Sha256.of(ExperimentJson.write(inputs)).substring(0, KEY_LENGTH);
  }

  Path folderOf(SortedMap<String, String> inputs) {
    return folder().resolve(key(inputs));
  }

  private Path folder() {
    return outputDirectory.resolve(KEPT).resolve(stageId);
  }

  /** The folder of a whole result of these inputs. */
  Optional<Path> find(SortedMap<String, String> inputs, FileDigests digests) {
    Path folder = folderOf(inputs);
    StageStamp stamp = StageStamp.read(folder.resolve(STAMP));
    return stamp != null
            && stamp.inputs().equals(inputs)
            && stamp.damaged(folder, digests).isEmpty()
        ? Optional.of(folder)
        : Optional.empty();
  }

  /**
   * Moves a kept result into the stage's work folder as its finished result, from where it is
   * installed.
   *
   * @param replaced the current result
   */
  void take(Path kept, WorkFolder work, WorkFolder.Replaced replaced) {
    try {
      new WorkFolder(kept).replacing(replaced);
      StageFiles.deleteAll(work.folder());
      Files.createDirectories(work.folder().getParent());
      Files.move(kept, work.folder(), StandardCopyOption.ATOMIC_MOVE);
      StageFiles.deleteEmptyAbove(outputDirectory, kept);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Moves the current result here. May be repeated if it was interrupted.
   *
   * @param stamp of that result
   */
  void add(StageStamp stamp) throws IOException {
    Path kept = folderOf(stamp.inputs());
    stamp.write(kept.resolve(STAMP));
    for (String path : stamp.outputs().keySet()) {
      Path file = outputDirectory.resolve(path);
      if (StageFiles.exists(file)) {
        StageFiles.move(file, kept.resolve(path));
      }
    }
  }

  /** Removes all but the newest results: only the files that their stamps record. */
  void prune(int keep) throws IOException {
    List<Path> all = stamped();
    for (Path kept : all.subList(Math.min(keep, all.size()), all.size())) {
      StageStamp stamp = StageStamp.read(kept.resolve(STAMP));
      for (String path : stamp.files()) {
        StageFiles.delete(kept, kept.resolve(path));
      }
      Files.deleteIfExists(kept.resolve(WorkFolder.REPLACED));
      StageFiles.delete(outputDirectory, kept.resolve(STAMP));
    }
  }

  /** Folders of results, the most recently kept first. */
  private List<Path> stamped() throws IOException {
    if (!Files.isDirectory(folder(), LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder())) {
      return folders
          .filter(kept -> StageStamp.read(kept.resolve(STAMP)) != null)
          .sorted(Comparator.comparing(KeptResults::time).reversed().thenComparing(Path::toString))
          .toList();
    }
  }

  private static java.nio.file.attribute.FileTime time(Path kept) {
    try {
      return Files.getLastModifiedTime(kept.resolve(STAMP));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
