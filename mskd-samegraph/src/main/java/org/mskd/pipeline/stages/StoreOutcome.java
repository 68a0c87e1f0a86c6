package org.mskd.pipeline.stages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * What a stage made of the teachers' outputs; {@code store.json}.
 *
 * @param stored whether there is a store; if not, the teachers run live
 * @param slices how many slices the students' batches show
 * @param bytes of the store; of one that is not there, about what it would take
 */
record StoreOutcome(boolean stored, int slices, long bytes) {
  static Path fileIn(Path folder) {
    return folder.resolve("store.json");
  }

  void write(Path folder) {
    AtomicFile.writeText(fileIn(folder), ExperimentJson.write(this) + "\n");
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws BadInputException if it is not there or not to be read
   */
  static StoreOutcome read(Path folder) {
    try {
      StoreOutcome outcome =
          ExperimentJson.read(Files.readString(fileIn(folder)), StoreOutcome.class);
      if (outcome != null) {
        return outcome;
      }
      throw unreadable(folder, null);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(folder, e);
    }
  }

  private static BadInputException unreadable(Path folder, Exception cause) {
    return new BadInputException(
        fileIn(folder) + " does not say whether the teachers' outputs are stored.",
        "Delete it and run the same goal again, which makes it again.",
        cause);
  }
}
