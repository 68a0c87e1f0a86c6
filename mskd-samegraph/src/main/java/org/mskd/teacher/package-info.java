/**
 * The outputs of frozen teachers for slices of training scans, on the student's grid. A teacher
 * whose preprocessing is the student's reads the prepared slices ({@link
 * org.mskd.teacher.PreparedInput}); any other reads slices of its own, made of the scan's voxels in
 * the same planes ({@link org.mskd.teacher.ScanInput}), and its outputs are brought to the
 * student's grid. {@link org.mskd.teacher.TargetRecorder} stores them, {@link
 * org.mskd.teacher.ForegroundDetection} finds the slices that show an organ.
 */
package org.mskd.teacher;
