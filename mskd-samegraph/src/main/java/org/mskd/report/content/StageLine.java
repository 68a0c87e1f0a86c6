package org.mskd.report.content;

/**
 * A stage of the experiment.
 *
 * @param name such as {@code teacher liver}
 * @param state what the run did with it, or whether it is up to date
 * @param time how long it took when it last ran; empty if that is not known
 */
public record StageLine(String name, String state, String time) {}
