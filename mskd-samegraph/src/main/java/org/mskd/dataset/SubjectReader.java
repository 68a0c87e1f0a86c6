package org.mskd.dataset;

import java.nio.file.Path;
import java.util.Optional;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiReader;
import org.mskd.volume.Orientation;
import org.mskd.volume.Volume;

/** Reads a subject's image and label, checks them, and turns both to canonical orientation. */
public final class SubjectReader {
  private final LabelMap labels;

  public SubjectReader(LabelMap labels) {
    this.labels = labels;
  }

  /**
   * The image alone.
   *
   * @throws BadInputException if its file is damaged, or has voxels that are NaN or infinite
   */
  public static Scan image(Subject subject) {
    Grid source = NiftiReader.readGrid(subject.image());
    Volume image = Orientation.toCanonical(readFinite(subject.image()));
    return new Scan(subject, source, image, Optional.empty());
  }

  /**
   * Image and label.
   *
   * @param subject with a label
   * @throws BadInputException if a file is damaged, has voxels that are NaN or infinite, lies on
   *     another grid than its partner, or has label values that are not declared
   */
  public Scan read(Subject subject) {
    // Headers first: a wrong grid should not wait for the voxels.
    Path label = subject.label().orElseThrow();
    Grid source = NiftiReader.readGrid(subject.image());
    Grid labelGrid = NiftiReader.readGrid(label);
    ScanChecks.sameGrid(subject, Orientation.canonical(source), Orientation.canonical(labelGrid));
    Volume classes = labels.classes(label, readFinite(label));
    Volume image = Orientation.toCanonical(readFinite(subject.image()));
    return new Scan(subject, source, image, Optional.of(Orientation.toCanonical(classes)));
  }

  private static Volume readFinite(Path file) {
    Volume volume = NiftiReader.read(file);
    ScanChecks.finite(file, volume);
    return volume;
  }
}
