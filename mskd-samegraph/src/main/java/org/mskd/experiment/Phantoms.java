package org.mskd.experiment;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.mskd.problem.BadInputException;

/**
 * Abdomen-like CT volumes to be made before anything else, in the layout of real data: {@code
 * directory/<organ>} for each organ and {@code directory/multi-organ-test}.
 *
 * @param phantomDirectory where they are written
 * @param phantomOrgans organs to annotate, out of {@link #KNOWN_ORGANS}; the test set's label
 *     values follow their order, from 1
 * @param phantomSubjects subjects of each single-organ set
 * @param phantomTestSubjects subjects of the test set
 * @param phantomSize in-plane voxels
 * @param phantomSlices slices per volume
 * @param phantomSeed seed of all of them
 */
public record Phantoms(
    Path phantomDirectory,
    List<String> phantomOrgans,
    int phantomSubjects,
    int phantomTestSubjects,
    int phantomSize,
    int phantomSlices,
    long phantomSeed) {
  /**
   * The organs that phantoms have. Every phantom has all of them, also those that are not
   * annotated.
   */
  public static final List<String> KNOWN_ORGANS = List.of("liver", "spleen", "kidney", "pancreas");

  public Phantoms {
    Checks.present("phantomDirectory", phantomDirectory);
    phantomOrgans = phantomOrgans == null ? List.of() : List.copyOf(phantomOrgans);
    Checks.notEmpty("phantomOrgans", phantomOrgans);
    if (!KNOWN_ORGANS.containsAll(phantomOrgans)
        || new HashSet<>(phantomOrgans).size() != phantomOrgans.size()) {
      throw Checks.notAllowed(
          "phantomOrgans", phantomOrgans, "each of " + KNOWN_ORGANS + " at most once");
    }
    Checks.within("phantomSubjects", phantomSubjects, 1, 1000);
    Checks.within("phantomTestSubjects", phantomTestSubjects, 1, 1000);
    Checks.within("phantomSize", phantomSize, 32, 1024);
    Checks.within("phantomSlices", phantomSlices, 8, 1024);
    if (phantomDirectory.toString().isBlank()) {
      throw new BadInputException("<phantomDirectory> is empty.", "Name a folder.");
    }
  }

  /** A small set of each known organ, for trying things out. */
  public static Phantoms defaultsIn(Path phantomDirectory) {
    return new Phantoms(phantomDirectory, KNOWN_ORGANS, 8, 4, 128, 32, Experiment.DEFAULT_SEED);
  }
}
