/**
 * The report of an experiment: a folder of pages, charts and pictures that opens from a disk.
 * {@link org.mskd.report.content.ReportContent} holds what is shown, {@link
 * org.mskd.report.ReportWriter} writes it.
 */
package org.mskd.report;
