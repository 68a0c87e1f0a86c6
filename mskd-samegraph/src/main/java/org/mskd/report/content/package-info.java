/** What a report shows, as numbers and texts, and the cases that a reader should look at first. */
package org.mskd.report.content;
