package org.mskd.export.card;

/**
 * A data set that a network was trained on.
 *
 * @param name of the set, such as the organ that it annotates
 * @param scans how many it has
 */
public record TrainingSet(String name, int scans) {}
