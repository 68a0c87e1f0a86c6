package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run of one stage that is not up to date: the work, and the replacement of the last result.
 */
final class StageRun {
  /** Assumed ratio of the next result's size to the last one's. */
  private static final double MARGIN = 1.25;

  private final Path outputDirectory;
  private final Stage stage;
  private final StageState state;
  private final FileDigests digests;
  private final WorkFolder work;
  private final WorkFolder.Replaced replaced;

  /**
   * @param keep how many results of other inputs are kept
   */
  StageRun(Path outputDirectory, Stage stage, StageState state, int keep, FileDigests digests) {
    this.outputDirectory = outputDirectory;
    this.stage = stage;
    this.state = state;
    this.digests = digests;
    this.work = WorkFolder.of(outputDirectory, stage.id());
    this.replaced = replaced(keep); // before the work, since this may fail
  }

  /**
   * Removes the last result of a bulky stage if the disk has no space for two.
   *
   * @param report receives the reason, if the result is removed
   */
  void freeSpace(Consumer<String> report) {
    if (!stage.isBulky() || state.last() == null) {
      return;
    }
    long bytes = state.last().bytes();
    try {
      long free = Files.getFileStore(outputDirectory).getUsableSpace();
      if (0 < free && free < MARGIN * bytes * stage.newShare(state.inputs())) {
        report.accept(
            "the last result (%s) is removed first, since its disk has %s free"
                .formatted(DiskSpace.text(bytes), DiskSpace.text(free)));
        removeLast();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the stamp last: without it, the files would not be known as the stage's. */
  private void removeLast() throws IOException {
    for (String path : state.last().files()) {
      StageFiles.delete(outputDirectory, outputDirectory.resolve(path));
    }
    Files.deleteIfExists(StageStamp.fileOf(outputDirectory, stage.id()));
  }

  /** Does the stage's work. */
  void make(StageProgress progress) {
    work.begin();
    try {
      stage.run(new StageWork(progress, work.folder(), state.inputs()));
    } catch (RuntimeException | Error e) {
      removeWork(e);
      throw e;
    }
  }

  /** Removes an incomplete result: the disk may be full. */
  private void removeWork(Throwable cause) {
    try {
      work.remove();
    } catch (UncheckedIOException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * Installs the result.
   *
   * @param warnings of the work
   * @return warnings for the user
   */
  List<String> finish(List<String> warnings) {
    if (stage.installsItself()) {
      recordOwnFiles(warnings);
      return List.of();
    }
    StageStamp stamp = stamp(work.folder(), work.files(), warnings);
    work.commit(stamp, replaced);
    return install(stamp);
  }

  /** The stage has put its files in place itself. */
  private void recordOwnFiles(List<String> warnings) {
    Path own = stage.outputs().get(0);
    stamp(own, stage.ownFiles(), warnings).write(StageStamp.fileOf(outputDirectory, stage.id()));
    work.remove();
  }

  private StageStamp stamp(Path folder, List<Path> files, List<String> warnings) {
    return StageStamp.of(state.inputs(), folder, files, stage.byProducts(), warnings, digests);
  }

  /**
   * Puts a kept result in place.
   *
   * @return warnings for the user
   */
  List<String> restore(Path kept) {
    StageStamp stamp = StageStamp.read(kept.resolve(WorkFolder.STAMP));
    new KeptResults(outputDirectory, stage.id()).take(kept, work, replaced);
    return install(stamp);
  }

  /**
   * Puts a copy of a cached result in place.
   *
   * @return warnings for the user; empty if the entry is damaged, and nothing was changed
   */
  Optional<List<String>> copy(CacheEntry entry) {
    work.begin();
    Optional<StageStamp> stamp = entry.copyTo(work.folder());
    if (stamp.isEmpty()) {
      work.remove();
      return Optional.empty();
    }
    work.commit(stamp.get(), replaced);
    return Optional.of(install(stamp.get()));
  }

  private List<String> install(StageStamp stamp) {
    stage.invalidated().forEach(StageRun::delete);
    List<String> notes = new Installation(outputDirectory, stage.id()).run();
    for (String path : stamp.outputs().keySet()) {
      digests.moved(work.folder().resolve(path), outputDirectory.resolve(path));
    }
    return notes;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a damaged result what is intact is kept; of one that is only made again, nothing. */
  private WorkFolder.Replaced replaced(int keep) {
    Optional<StageStamp> last = Optional.ofNullable(state.last());
    boolean kept =
        keep > 0
            && last.filter(stamp -> stage.isKept(stamp.inputs()))
                .filter(stamp -> !stamp.inputs().equals(state.inputs()))
                .filter(stamp -> stamp.isPartlyIntact(outputDirectory, digests))
                .isPresent();
    return new WorkFolder.Replaced(last.orElse(null), kept, keep);
  }
}
