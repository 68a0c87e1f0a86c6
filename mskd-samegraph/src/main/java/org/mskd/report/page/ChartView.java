package org.mskd.report.page;

/**
 * A chart: two files, and data for the interactive one.
 *
 * @param light file for light pages, relative to the page
 * @param dark file for dark pages
 * @param alt what it shows, in words
 * @param id of the interactive chart in the data
 * @param caption under the chart; may be empty
 */
public record ChartView(String light, String dark, String alt, String id, String caption) {}
