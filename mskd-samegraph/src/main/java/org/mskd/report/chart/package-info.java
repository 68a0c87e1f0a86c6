/** Charts as SVG files: box plots of scores and curves of trainings, for light and dark pages. */
package org.mskd.report.chart;
