package org.mskd.report.content;

import org.mskd.history.TrainingCurves;

/**
 * The training of a network.
 *
 * @param title such as {@code teacher liver}
 * @param curves its history
 * @param table its {@code history.csv}, relative to the output directory
 */
public record NetworkCurves(String title, TrainingCurves curves, String table) {}
