/** The pages of a report: views, which hold texts as the templates show them, and the templates. */
package org.mskd.report.page;
