package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One run of one stage that is not up to date: the work, and what becomes of the last result. */
final class StageRun {
  /** How much larger than the last one the next result may be. */
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
    this.replaced = replaced(keep); // before the work: nothing may fail between that and its end
  }

  /**
   * Removes the last result of a bulky stage where the disk has no room for two.
   *
   * @param report receives the reason, where that is done
   */
  void makeRoom(Consumer<String> report) {
    if (!stage.isBulky() || state.last() == null) {
      return;
    }
    long bytes = state.last().outputs().values().stream().mapToLong(StageStamp.Output::bytes).sum();
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

  /** The stamp goes last: without it, the owner of the files would be unknown. */
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

  /** Half a result is of no use, and its disk may be full. */
  private void removeWork(Throwable cause) {
    try {
      work.remove();
    } catch (UncheckedIOException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * Puts what was made in place.
   *
   * @param warnings of the work
   * @return what a person should know
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
   * @return what a person should know
   */
  List<String> takeBack(Path kept) {
    StageStamp stamp = StageStamp.read(kept.resolve(WorkFolder.STAMP));
    new KeptResults(outputDirectory, stage.id()).take(kept, work, replaced);
    return install(stamp);
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
