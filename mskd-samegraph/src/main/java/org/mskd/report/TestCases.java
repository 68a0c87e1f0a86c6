package org.mskd.report;

import java.util.function.Function;
import org.mskd.report.picture.PicturedCase;

/** Opens the cases of a test set for pictures. */
public interface TestCases {
  /**
   * Works on the scan, the reference and the predictions of a case.
   *
   * @throws org.mskd.problem.BadInputException if a file cannot be read, or the heap is too small
   */
  <T> T with(String caseId, Function<PicturedCase, T> work);
}
