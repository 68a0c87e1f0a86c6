package org.mskd.prediction;

import java.util.function.Supplier;
import org.mskd.dataset.Scan;
import org.mskd.dataset.ScanSlices;
import org.mskd.dataset.SliceGeometry;
import org.mskd.experiment.Preprocessing;
import org.mskd.problem.BadInputException;

/**
 * The slices that a teacher makes of a scan by its own preprocessing, which the POM of the student
 * does not declare.
 *
 * @param organ of the teacher, or of several that read the same slices
 */
public record TeacherSlices(String organ, Preprocessing preprocessing) {
  /**
   * All slices of a scan.
   *
   * @throws BadInputException if the scan does not fit into them
   */
  public ScanSlices of(Scan scan) {
    return fitting(() -> new ScanSlices(scan, preprocessing));
  }

  /**
   * Slices in the planes of others, as {@link ScanSlices#inPlanesOf}.
   *
   * @throws BadInputException if the scan does not fit into them
   */
  public ScanSlices inPlanesOf(SliceGeometry others, Scan scan) {
    return fitting(() -> ScanSlices.inPlanesOf(others, scan, preprocessing));
  }

  private ScanSlices fitting(Supplier<ScanSlices> slices) {
    try {
      return slices.get();
    } catch (BadInputException e) {
      throw new BadInputException(
          "The teacher of "
              + organ
              + " cannot read a scan with its own preprocessing. "
              + e.problem(),
          "Leave that scan out, or give another teacher of " + organ + ".",
          e);
    }
  }
}
