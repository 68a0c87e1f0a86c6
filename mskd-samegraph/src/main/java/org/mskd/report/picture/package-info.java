/**
 * Pictures of test cases: axial slices in radiological orientation, overlays of reference and
 * predictions, strips of slices as JPEG files, and the data of the slice viewer.
 */
package org.mskd.report.picture;
