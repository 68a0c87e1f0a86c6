package org.mskd.loss;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The labels of each slice, for the one organ that its data set annotates.
 *
 * @param classes {@code [batch, height, width]}, 1 where the organ is, 0 elsewhere
 * @param channels {@code [batch]}, the student's channel 1..K of that organ; 0 where the slice has
 *     no label
 */
public record OwnLabels(SDVariable classes, SDVariable channels) {}
