package org.mskd.pipeline.stages;

import org.mskd.dataset.Scan;
import org.mskd.dataset.Subject;
import org.mskd.dataset.SubjectReader;
import org.mskd.volume.ClassMap;
import org.mskd.volume.ImageHeader;
import org.mskd.volume.NiftiReader;
import org.mskd.volume.Orientation;

/**
 * One case of the test set. Image and label have the same position in space but may be stored in
 * different axis orders, so both are compared in canonical order.
 *
 * @param id the case
 * @param subject its files
 * @param scan the image's header
 * @param reference the label's classes, in canonical order
 */
record TestCase(String id, Subject subject, ImageHeader scan, ClassMap reference) {
  /**
   * @throws org.mskd.problem.BadInputException if a file cannot be read or the label has values
   *     that are not declared
   */
  static TestCase read(Subject subject, SubjectReader reader) {
    ClassMap reference = Orientation.toCanonical(reader.classes(subject));
    return new TestCase(subject.id(), subject, NiftiReader.readHeader(subject.image()), reference);
  }

  /**
   * The image's voxels.
   *
   * @throws org.mskd.problem.BadInputException if the file cannot be read
   */
  Scan voxels() {
    return SubjectReader.image(subject);
  }
}
