package org.mskd.experiment;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mskd.problem.BadInputException;

/**
 * A whole experiment, as a POM declares it.
 *
 * @param seed what every random choice derives from
 * @param datasets one single-organ set a teacher, in the order of the student's channels 1..K
 * @param testSet the multi-organ test set, if there is one
 * @param phantoms volumes to be made first, if any
 * @param preprocessing from volumes to slices
 * @param network the U-Net
 * @param training how each network is trained
 * @param distillation the weights of the MS-KD loss
 */
public record Experiment(
    long seed,
    List<DatasetSource> datasets,
    Optional<TestSet> testSet,
    Optional<Phantoms> phantoms,
    Preprocessing preprocessing,
    Network network,
    Training training,
    Distillation distillation) {
  /** The seed where none is given: the source's year. */
  public static final long DEFAULT_SEED = 2021;

  public Experiment {
    datasets = datasets == null ? List.of() : List.copyOf(datasets);
    if (datasets.isEmpty()) {
      throw new BadInputException(
          "<datasets> declares no data set.",
          "Add a <dataset> with an <organ> and a <directory> for each organ to be learned.");
    }
    Set<String> organs = distinctOrgans(datasets);
    Checks.within("datasets", datasets.size(), 1, 127);
    testSet.ifPresent(set -> checkTestOrgans(set, organs));
    int multiple = 1 << network.depth();
    if (preprocessing.sliceSize() % multiple != 0) {
      throw Checks.notAllowed(
          "sliceSize",
          preprocessing.sliceSize(),
          "a multiple of " + multiple + " (2 to the power of <depth>)");
    }
    if (preprocessing.sliceSize() / multiple < 2) {
      throw Checks.notAllowed(
          "depth", network.depth(), "fewer downsamplings: the deepest map must be 2x2 or more");
    }
    if (distillation.featureLevel() > network.depth()) {
      throw Checks.notAllowed(
          "featureLevel", distillation.featureLevel(), "0 to <depth>, " + network.depth());
    }
    checkLargestArray(training.batchSize(), preprocessing.sliceSize(), network, organs.size() + 1);
  }

  /** Arrays are indexed by int: no array of a training may hold 2^31 values. */
  private static void checkLargestArray(int batch, int size, Network network, int outputs) {
    long perSlice = (long) size * size * network.widest(outputs);
    if (batch * perSlice > Integer.MAX_VALUE) {
      throw new BadInputException(
          ("<batchSize> %d, <sliceSize> %d and <baseChannels> %d ask for an array of %d values; at"
                  + " most 2^31 - 1 are possible.")
              .formatted(batch, size, network.baseChannels(), batch * perSlice),
          "Lower <batchSize>, <sliceSize> or <baseChannels>.");
    }
  }

  /** Organs name folders, and not every disk tells Liver from liver. */
  private static Set<String> distinctOrgans(List<DatasetSource> datasets) {
    Map<String, String> seen = new HashMap<>();
    for (DatasetSource dataset : datasets) {
      String other = seen.put(dataset.organ().toLowerCase(Locale.ROOT), dataset.organ());
      if (dataset.organ().equals(other)) {
        throw new BadInputException(
            "<datasets> declares organ " + other + " twice.",
            "Give each organ one <dataset>; put its subjects in one folder.");
      }
      if (other != null) {
        throw new BadInputException(
            "<datasets> declares organs " + other + " and " + dataset.organ() + ".",
            "Give them names that differ in more than upper and lower case: each names a folder.");
      }
    }
    return new HashSet<>(seen.values());
  }

  private static void checkTestOrgans(TestSet testSet, Set<String> organs) {
    for (OrganLabel label : testSet.labels()) {
      if (!organs.contains(label.organ())) {
        throw new BadInputException(
            "<labels> of the test set names organ "
                + label.organ()
                + ", which no <dataset> declares.",
            "Use one of " + organs + ", or add the data set.");
      }
    }
  }

  /** The organs in the order of the student's channels 1..K. */
  public List<String> organs() {
    return datasets.stream().map(DatasetSource::organ).toList();
  }
}
