package org.mskd.pipeline.stages;

import java.util.SortedSet;
import org.mskd.dataset.Split;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.stage.StageSpec;

/**
 * The subjects that a network is not trained on.
 *
 * @param use of the split
 * @param fold in which they are held out, from 1
 */
record HeldOutSubjects(SplitUse use, int fold) {
  /** Adds the split as an input of a stage. */
  StageSpec in(StageSpec spec) {
    return spec.withOutput("split", SplitStage.idFor(use)).with("fold", Integer.toString(fold));
  }

  /** The voxel digests of the subjects, of a split that is done. */
  SortedSet<String> digests(ExperimentFolders folders) {
    return Split.read(ExperimentFolders.splitIn(folders.split(use.folder()))).heldOut(fold);
  }
}
