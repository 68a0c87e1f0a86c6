package org.mskd.pipeline.export;

import java.nio.file.Path;
import org.mskd.dataset.PredictionInput;
import org.mskd.dataset.ScanSlices;
import org.mskd.dataset.SliceSource;
import org.mskd.dataset.SubjectReader;
import org.mskd.experiment.Preprocessing;

/** The first scan of a file or folder that a user gives, in slices. */
final class GivenScan {
  private GivenScan() {}

  /**
   * Reads it.
   *
   * @throws org.mskd.problem.BadInputException if there is none, or it cannot be read or does not
   *     fit into the slices
   */
  static SliceSource read(Path input, Preprocessing preprocessing) {
    return new ScanSlices(SubjectReader.image(PredictionInput.scans(input).get(0)), preprocessing);
  }
}
