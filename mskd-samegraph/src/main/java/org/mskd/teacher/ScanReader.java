package org.mskd.teacher;

import org.mskd.dataset.PreparedSubject;
import org.mskd.dataset.Scan;

/** Reads the scan that prepared slices were made of. */
@FunctionalInterface
public interface ScanReader {
  /**
   * @param source the name of its source
   * @throws org.mskd.problem.BadInputException if it is gone, cannot be read, or has changed since
   */
  Scan read(String source, PreparedSubject subject);
}
