/**
 * What is wrong, or looks wrong, with scans and data sets. Each check is a pure function of
 * fingerprints or names, such as {@link org.mskd.finding.IntensityCheck} and {@link
 * org.mskd.finding.MirrorCheck}, and gives {@link org.mskd.finding.Finding}s.
 */
package org.mskd.finding;
