package org.mskd.experiment;

/** Which pictures of the test cases a report has. They are data of patients. */
public enum ReportImages {
  /** None. */
  NONE,
  /** A few slices of each case. */
  STRIPS,
  /** All slices of each case. */
  ALL
}
