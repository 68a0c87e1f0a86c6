package org.mskd.loss;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What the student's loss needs of its K teachers.
 *
 * @param margins {@code [batch, height, width, K]}: each teacher's organ logit minus its background
 *     logit
 * @param features one a level that is compared, in the order of the levels; empty where none are
 */
public record TeacherTargets(SDVariable margins, List<FeatureTargets> features) {
  public TeacherTargets {
    features = List.copyOf(features);
  }
}
