package org.mskd.pipeline.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.PreparedSubject;
import org.mskd.dataset.SliceStore;
import org.mskd.model.ModelCard;

/**
 * Which subjects of prepared sets a network was trained on: some may have been held out, and an
 * image that two sets have belongs to the first of them.
 */
public final class TrainedSubjects {
  /** How often each voxel digest is left in the card. */
  private final Map<Object, Integer> left = new HashMap<>();

  public TrainedSubjects(ModelCard card) {
    card.subjects().forEach(subject -> left.merge(subject.get("voxelDigest"), 1, Integer::sum));
  }

  /**
   * Those of a set; to be called once for each set, in the order of the training.
   *
   * @param folder of the prepared set
   * @throws org.mskd.problem.BadInputException if it is not complete
   */
  public List<PreparedSubject> in(Path folder) {
    List<PreparedSubject> found = new ArrayList<>();
    for (Path store : PreparedSet.read(folder).stores()) {
      PreparedSubject subject = SliceStore.subject(store);
      if (left.getOrDefault(subject.voxelDigest(), 0) > 0) {
        left.merge(subject.voxelDigest(), -1, Integer::sum);
        found.add(subject);
      }
    }
    return found;
  }
}
