package org.mskd.report.page;

/**
 * A finding.
 *
 * @param headline what is seen
 * @param detail the numbers
 * @param page the page of its case
 * @param organ the organ
 * @param thumbnail a strip of the case; empty without pictures
 * @param alt what the strip shows
 */
record FindingView(
    String headline, String detail, String page, String organ, String thumbnail, String alt) {}
