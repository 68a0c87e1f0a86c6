package org.mskd.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.experiment.Preprocessing;
import org.mskd.fingerprint.FingerprintMaker;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Grid;
import org.mskd.volume.Orientation;

/** Makes one subject's slices and writes its store. */
final class SubjectPreparation {
  private final Preprocessing preprocessing;
  private final Preprocessor preprocessor;

  private final List<String> organs;

  /**
   * @param organs the names of the label's classes 1, 2, ...
   */
  SubjectPreparation(Preprocessing preprocessing, List<String> organs) {
    this.preprocessing = preprocessing;
    this.organs = organs;
    this.preprocessor = new Preprocessor(preprocessing);
  }

  /**
   * @param labelled whether label slices are stored too
   * @return how the subject was prepared
   * @throws BadInputException if the scan does not fit into its slices, or the file cannot be
   *     written
   */
  PreparedSubject write(Scan scan, boolean labelled, Path target) {
    SliceGeometry geometry = geometry(scan);
    LabelSlices labels =
        labelled ? preprocessor.labels(scan.classes().orElseThrow(), geometry) : null;
    List<Integer> annotated = labelled ? annotated(labels, geometry) : List.of();
    ImageSlices images = preprocessor.images(scan.image(), geometry);
    PreparedSubject subject = describe(scan, geometry, labelled, annotated);
    SliceStoreWriter.write(
        target,
        subject,
        new SliceStoreWriter.Slices() {
          @Override
          public void image(int slice, float[] out) {
            images.slice(slice, out, 0);
          }

          @Override
          public void label(int slice, byte[] out) {
            labels.slice(slice, out);
          }
        });
    return subject;
  }

  private SliceGeometry geometry(Scan scan) {
    try {
      return preprocessor.geometry(Orientation.canonical(scan.image().grid()));
    } catch (BadInputException e) {
      throw new BadInputException(scan.subject().image() + ": " + e.problem(), e.remedy(), e);
    }
  }

  /** Made once for this list and once for the file: cheaper than to keep them all. */
  private static List<Integer> annotated(LabelSlices labels, SliceGeometry geometry) {
    List<Integer> annotated = new ArrayList<>();
    byte[] label = new byte[geometry.area()];
    for (int slice = 0; slice < geometry.slices(); slice++) {
      if (labels.slice(slice, label)) {
        annotated.add(slice);
      }
    }
    return annotated;
  }

  private PreparedSubject describe(
      Scan scan, SliceGeometry geometry, boolean labelled, List<Integer> annotated) {
    Grid source = scan.image().grid();
    return new PreparedSubject(
        scan.subject().id(),
        scan.subject().imageName(),
        VoxelDigest.of(scan.image()),
        Orientation.of(source.affine()).code(),
        List.of(source.nx(), source.ny(), source.nz()),
        List.of(source.spacing(0), source.spacing(1), source.spacing(2)),
        preprocessing,
        geometry,
        labelled,
        annotated,
        Optional.of(
            FingerprintMaker.of(
                scan.subject().imageName(),
                scan.image(),
                scan.classes(),
                organs,
                geometry.pixelMm())));
  }
}
