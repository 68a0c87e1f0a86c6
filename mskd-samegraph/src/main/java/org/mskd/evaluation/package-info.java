/**
 * How good a segmentation is. {@link org.mskd.evaluation.CaseScorer} compares two class maps of one
 * case, organ by organ: {@link org.mskd.evaluation.DiceScore}, {@link
 * org.mskd.evaluation.SurfaceDistances} in millimetres of world space, volumes. {@link
 * org.mskd.evaluation.ModelScore} summarises them per organ and over all organs, so that a missed
 * organ improves no mean, with intervals from resampled cases. {@link org.mskd.evaluation.Metrics}
 * gathers the models of a test set, {@link org.mskd.evaluation.MetricsFile} keeps them as {@code
 * metrics.json}, {@link org.mskd.evaluation.MetricsCsv} as CSV; {@link
 * org.mskd.evaluation.ScoreTable} and {@link org.mskd.evaluation.MeansTable} show them. Times are
 * kept apart ({@link org.mskd.evaluation.TimingsFile}). Free of tensors.
 */
package org.mskd.evaluation;
