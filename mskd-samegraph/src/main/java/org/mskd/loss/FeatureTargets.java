package org.mskd.loss;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The teachers' features of one level, inside their regions.
 *
 * @param index {@code [batch, height/2^l, width/2^l, K]}, INT32: the number of the row of a teacher
 *     at a position, or -1 where the position is outside its region M^{k,l}
 * @param rows {@code [R, C]}: log-softmax over the C channels of a teacher's features, ascending
 *     where features are sorted ({@link FeatureRow}); R at least 1, some may be unused
 */
public record FeatureTargets(SDVariable index, SDVariable rows) {}
