package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.PreparedSubject;
import org.mskd.dataset.SliceStore;
import org.mskd.model.ModelCard;
import org.mskd.problem.BadInputException;

/**
 * The scans that a given model was trained on, by the digests of their voxels.
 *
 * @param named the model in messages, such as {@code given/liver.mskd, the teacher of liver}
 */
record SeenScans(String named, Set<Object> digests) {
  static SeenScans of(String named, ModelCard card) {
    return new SeenScans(
        named,
        card.subjects().stream()
            .map(subject -> subject.getOrDefault("voxelDigest", ""))
            .collect(Collectors.toSet()));
  }

  /**
   * Checks that no scan of the test set is among them.
   *
   * @param test the folder of the prepared test set
   * @param remedy begins the advice, after that to take the scan out of the test set
   */
  void requireNotIn(Path test, String remedy) {
    for (Path store : PreparedSet.read(test).stores()) {
      PreparedSubject subject = SliceStore.subject(store);
      if (digests.contains(subject.voxelDigest())) {
        throw new BadInputException(
            named
                + ", was trained on "
                + subject.image()
                + " of the test set: their voxels are equal.",
            "Take the scan out of the test set, or " + remedy);
      }
    }
  }
}
