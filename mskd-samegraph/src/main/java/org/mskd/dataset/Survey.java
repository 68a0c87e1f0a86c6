package org.mskd.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * What the teachers see in an unlabelled source.
 *
 * @param organPixels by subject, then slice, some of the positions {@code row * size + column}
 *     where any teacher sees its organ
 */
public record Survey(SortedMap<String, SortedMap<Integer, List<Integer>>> organPixels) {
  /** Reads what {@link #write} wrote. */
  public static Survey read(Path file) {
    try {
      return ExperimentJson.read(Files.readString(file), Survey.class);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          file + " is not a survey.", "Delete it and run mskd:distill again.", e);
    }
  }

  /** Writes the file, whole or not at all. */
  public void write(Path file) {
    AtomicFile.writeText(file, ExperimentJson.write(this) + "\n");
  }
}
