package org.mskd.pipeline.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mskd.file.WriteFailure;
import org.mskd.problem.BadInputException;

/**
 * Replaces the current result of a stage by a finished new one. Every step is one move or deletion,
 * in an order that shows which steps are left, so that the next run completes an installation that
 * was killed: as long as the old stamp exists, the old result is moved to {@code kept/}; after
 * that, new files are moved in; then the new stamp is written; what the stage stored to resume at
 * is removed; the stamp in the work folder is deleted last.
 */
final class Installation {
  /** Folder for files at the target path that no stage recorded. */
  private static final String UNRECORDED = "unrecorded";

  private final Path outputDirectory;
  private final String stageId;
  private final WorkFolder work;
  private final List<String> notes = new ArrayList<>();

  Installation(Path outputDirectory, String stageId) {
    this.outputDirectory = outputDirectory;
    this.stageId = stageId;
    this.work = WorkFolder.of(outputDirectory, stageId);
  }

  /**
   * Completes installations of killed runs, and removes unfinished results.
   *
   * @return warnings for the user
   * @throws BadInputException if a file cannot be moved or deleted
   */
  static List<String> completeAll(Path outputDirectory) {
    List<String> notes = new ArrayList<>();
    for (String id : WorkFolder.finishedIn(outputDirectory)) {
      notes.addAll(new Installation(outputDirectory, id).run());
    }
    WorkFolder.removeUnfinished(outputDirectory);
    return notes;
  }

  /**
   * Puts the result in the stage's work folder in place.
   *
   * @return warnings for the user
   * @throws BadInputException if a file cannot be moved or deleted
   */
  List<String> run() {
    try {
      install();
    } catch (IOException e) {
      throw new BadInputException(
          "The result of "
              + stageId
              + " could not be put in place: "
              + WriteFailure.reason(e)
              + ".",
          "It is finished and kept in "
              + work.folder()
              + ". Check the permissions of the output directory, then run the same goal again.",
          e);
    }
    return notes;
  }

  private void install() throws IOException {
    StageStamp stamp = work.stamp();
    WorkFolder.Replaced replaced =
        work.replaced().orElse(new WorkFolder.Replaced(null, false, Integer.MAX_VALUE));
    Path stampFile = StageStamp.fileOf(outputDirectory, stageId);
    if (work.files().isEmpty() && stamp.equals(StageStamp.read(stampFile))) {
      end(stamp, replaced);
      return;
    }
    if (replaced.isKept() && Files.exists(stampFile)) {
      new KeptResults(outputDirectory, stageId).add(replaced.stamp());
    }
    Files.deleteIfExists(stampFile);
    Set<String> recorded = new HashSet<>(stamp.byProducts());
    if (replaced.stamp() != null) {
      recorded.addAll(replaced.stamp().files());
    }
    List<String> files = stamp.files();
    for (Path file : work.files()) {
      String path = StageFiles.relative(work.folder(), file);
      if (files.contains(path)) {
        place(file, path, recorded);
      } else {
        setAside(file, stageId + "/" + path); // the user added it to a kept folder
      }
    }
    for (String path : recorded) {
      if (!files.contains(path)) {
        Path obsolete = outputDirectory.resolve(path);
        StageFiles.requireNoLink(outputDirectory, obsolete.getParent());
        StageFiles.delete(outputDirectory, obsolete);
      }
    }
    stamp.write(stampFile);
    end(stamp, replaced);
  }

  private void end(StageStamp stamp, WorkFolder.Replaced replaced) throws IOException {
    // Before the work folder: only as long as that exists, the next run comes back to this stage.
    new FinishedParts(outputDirectory, stageId).removeAll();
    new Checkpoints(outputDirectory, stageId).remove(stamp.inputs());
    work.remove();
    new KeptResults(outputDirectory, stageId).prune(replaced.keep());
  }

  private void place(Path file, String path, Set<String> recorded) throws IOException {
    Path target = outputDirectory.resolve(path);
    StageFiles.requireNoLink(outputDirectory, target.getParent());
    if (StageFiles.exists(target) && !recorded.contains(path) && !isSame(file, target)) {
      setAside(target, path);
    }
    StageFiles.move(file, target);
  }

  /**
   * Whether a file equals the one at its target. So it is if the user deleted a stamp to run the
   * stage again.
   */
  private static boolean isSame(Path file, Path target) throws IOException {
    return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Files.mismatch(file, target) < 0;
  }

  /** Moves a file aside. A file that no stage recorded belongs to the user, whatever its name. */
  private void setAside(Path file, String path) throws IOException {
    Path aside = outputDirectory.resolve(KeptResults.KEPT).resolve(UNRECORDED).resolve(path);
    for (int i = 2; StageFiles.exists(aside); i++) {
      aside = aside.resolveSibling(file.getFileName() + "." + i);
    }
    StageFiles.move(file, aside);
    notes.add(
        "%s was in the way and is recorded by no stage: it was moved to %s."
            .formatted(file, aside));
  }
}
