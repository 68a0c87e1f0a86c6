package org.mskd.training;

import java.util.List;
import java.util.SortedMap;
import org.mskd.model.Tensor;

/** Scores a network during its training, at the end of each epoch. It changes no result of it. */
@FunctionalInterface
public interface EpochValidation {
  /**
   * The scores of a network with the given weights.
   *
   * @param weights those that a model would be written with now
   * @return Dice by organ, 0 to 1, the mean over the held-out subjects that have the organ; an
   *     organ that none of them has is left out
   */
  SortedMap<String, Double> dice(List<Tensor> weights);
}
