/**
 * Makes the report of an output directory: collects what the stages left there, and hands it to
 * {@link org.mskd.report.ReportWriter}.
 */
package org.mskd.pipeline.report;
