package org.mskd.loss;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The targets of the student's loss, from its K teachers.
 *
 * @param margins {@code [batch, height, width, K]}: each teacher's organ logit minus its background
 *     logit
 * @param features one per level that is compared, in the order of the levels; empty where none are
 */
public record TeacherTargets(SDVariable margins, List<FeatureTargets> features) {
  public TeacherTargets {
    features = List.copyOf(features);
  }
}
