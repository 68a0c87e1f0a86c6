package org.mskd.pipeline.stages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * The result of a store stage; {@code store.json}.
 *
 * @param stored whether the outputs are stored; if not, the teachers run in each step
 * @param slices number of different slices in the students' batches
 * @param bytes size of the store in bytes; an estimate if the outputs are not stored
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
   * @throws BadInputException if the file is missing or cannot be read
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
        fileIn(folder) + " does not record whether the teacher outputs are stored.",
        "Delete it and run the same goal again, which makes it again.",
        cause);
  }
}
