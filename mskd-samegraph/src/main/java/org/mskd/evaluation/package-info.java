/**
 * How good a segmentation is. {@link org.mskd.evaluation.CaseScorer} compares two class maps of one
 * case, organ by organ: {@link org.mskd.evaluation.DiceScore} and {@link
 * org.mskd.evaluation.SurfaceDistances} in millimetres. {@link org.mskd.evaluation.Metrics} gathers
 * them for a test set, {@link org.mskd.evaluation.MetricsFile} keeps them as {@code metrics.json},
 * {@link org.mskd.evaluation.ScoreTable} shows them; times are kept apart ({@link
 * org.mskd.evaluation.TimingsFile}). Free of tensors.
 */
package org.mskd.evaluation;
