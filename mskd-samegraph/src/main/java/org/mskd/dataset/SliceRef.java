package org.mskd.dataset;

/**
 * Names one slice of the training data.
 *
 * @param dataset data set, from 0
 * @param subject subject in that data set, from 0
 * @param slice slice of that subject, from 0
 */
public record SliceRef(int dataset, int subject, int slice) {}
