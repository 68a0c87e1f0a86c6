/**
 * Compares runs of experiments, read from output directories, locks or {@code metrics.json}: which
 * parameters differ, and by how much the scores do, paired by case. {@link
 * org.mskd.comparison.RunComparison} computes it; {@link org.mskd.comparison.ComparisonText},
 * {@link org.mskd.comparison.ComparisonMarkdown} and {@link org.mskd.comparison.ComparisonJson}
 * show it.
 */
@ResultNeutral
package org.mskd.comparison;

import org.mskd.code.ResultNeutral;
