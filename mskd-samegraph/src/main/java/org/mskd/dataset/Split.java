package org.mskd.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.file.IndentedJson;
import org.mskd.problem.BadInputException;

/**
 * Which subjects are held out in which fold. A scan is held out from all data sets that have it,
 * whatever its files are called: scans are compared by their voxels.
 *
 * @param folds the number of folds, at least 1
 * @param subjects those that are held out, in the order of the data sets; each scan once
 */
public record Split(int folds, List<HeldOut> subjects) {
  /**
   * A subject that is held out.
   *
   * @param source the first data set that has it
   * @param id its id there
   * @param fold in which it is held out, from 1
   * @param voxelDigest SHA-256 of its voxels, as {@link PreparedSubject#voxelDigest}
   */
  public record HeldOut(String source, String id, int fold, String voxelDigest) {
    public HeldOut {
      if (source == null || id == null || voxelDigest == null || fold < 1) {
        throw new IllegalArgumentException("a part of a held-out subject is missing");
      }
    }
  }

  /**
   * @throws IllegalArgumentException if a fold is beyond the last one
   */
  public Split {
    if (folds < 1 || subjects == null) {
      throw new IllegalArgumentException(folds + " folds of " + subjects);
    }
    subjects = List.copyOf(subjects);
    for (HeldOut subject : subjects) {
      if (subject.fold() > folds) {
        throw new IllegalArgumentException(subject + " in " + folds + " folds");
      }
    }
  }

  /** The voxel digests of the subjects that are held out in a fold. */
  public SortedSet<String> heldOut(int fold) {
    SortedSet<String> digests = new TreeSet<>();
    for (HeldOut subject : subjects) {
      if (subject.fold() == fold) {
        digests.add(subject.voxelDigest());
      }
    }
    return digests;
  }

  /** Writes the split as JSON, atomically. */
  public void write(Path file) {
    AtomicFile.writeText(file, IndentedJson.text(ExperimentJson.plain(this)));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws BadInputException if the file is missing or damaged
   */
  public static Split read(Path file) {
    try {
      Split read = ExperimentJson.read(Files.readString(file), Split.class);
      if (read != null) {
        return read;
      }
      throw new IllegalArgumentException("it is empty");
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          file + " cannot be read: " + e.getMessage() + ".",
          "Delete it and run the same goal again.",
          e);
    }
  }
}
