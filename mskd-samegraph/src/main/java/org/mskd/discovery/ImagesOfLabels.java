package org.mskd.discovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mskd.dataset.DatasetFolder;
import org.mskd.problem.BadInputException;

/**
 * Finds the folders that together hold exactly one image for each label of a set without images.
 */
final class ImagesOfLabels {
  private ImagesOfLabels() {}

  /**
   * Folders whose images all have a label, the largest first, without an image that another one
   * holds.
   *
   * @param labelOf the labels by id
   * @param candidates folders of images
   * @return the folders in the order of {@code candidates}; empty if a label has no image
   */
  static Optional<List<Path>> find(Map<String, Path> labelOf, List<Path> candidates) {
    Map<Path, Set<String>> idsOf = new LinkedHashMap<>();
    for (Path folder : candidates) {
      Set<String> ids = ids(folder, labelOf);
      if (!ids.isEmpty() && labelOf.keySet().containsAll(ids)) {
        idsOf.put(folder, ids);
      }
    }
    List<Path> largestFirst = new ArrayList<>(idsOf.keySet());
    largestFirst.sort(Comparator.comparing(folder -> -idsOf.get(folder).size()));
    Set<String> missing = new HashSet<>(labelOf.keySet());
    Set<Path> chosen = new HashSet<>();
    for (Path folder : largestFirst) {
      if (missing.containsAll(idsOf.get(folder))) {
        missing.removeAll(idsOf.get(folder));
        chosen.add(folder);
      }
    }
    return missing.isEmpty()
        ? Optional.of(idsOf.keySet().stream().filter(chosen::contains).toList())
        : Optional.empty();
  }

  /** Without any of a folder that no set can use, such as one with two images of one id. */
  private static Set<String> ids(Path folder, Map<String, Path> labelOf) {
    try {
      return DatasetFolder.images(folder, labelOf).keySet();
    } catch (BadInputException e) {
      // Reported with the data set that the folder belongs to.
      return Set.of();
    }
  }
}
