package org.mskd.pipeline.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.mskd.file.AtomicFile;
import org.mskd.file.WriteFailure;
import org.mskd.pipeline.claim.OutputDirectory;
import org.mskd.problem.BadInputException;

/**
 * The output directory of a reproduction. A finished one is removed before the next one begins,
 * which therefore computes everything; one that was interrupted resumes.
 *
 * @param output the folder
 */
public record ReproductionFolder(Path output) {
  private static final String FINISHED = "reproduced.json";

  /**
   * Removes a finished reproduction.
   *
   * @throws BadInputException if the folder is not one of mskd, or a file cannot be deleted
   */
  public void startAfresh() {
    OutputDirectory.check(output);
    if (!Files.isRegularFile(output.resolve(FINISHED)) || !OutputDirectory.isOurs(output)) {
      return;
    }
    try (Stream<Path> files = Files.walk(output)) {
      // The mark of a finished reproduction is deleted last: a removal that is killed is repeated.
      List<Path> all =
          files
              .sorted(
                  Comparator.comparing((Path file) -> file.equals(output.resolve(FINISHED)))
                      .thenComparing(Comparator.reverseOrder()))
              .filter(file -> !file.equals(output) && !isMark(file))
              .toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new BadInputException(
          output + " cannot be emptied: " + WriteFailure.reason(e) + ".",
          "Delete it, then run mskd:reproduce again.",
          e);
    }
  }

  /** The mark that the folder is mskd's, which stays until the folder is used again. */
  private boolean isMark(Path file) {
    return file.equals(output.resolve(".mskd"));
  }

  /** Marks the reproduction as finished. */
  public void finish() {
    AtomicFile.writeText(output.resolve(FINISHED), "{\"finished\":true}\n");
  }
}
