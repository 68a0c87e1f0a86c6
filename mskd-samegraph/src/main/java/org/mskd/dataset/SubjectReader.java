package org.mskd.dataset;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Grid;
import org.mskd.volume.ImageHeader;
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
    ImageHeader header = NiftiReader.readHeader(subject.image());
    ScanChecks.sameGrid(subject, header, NiftiReader.readHeader(label));
    Volume classes = labels.classes(label, readFinite(label));
    Volume image = Orientation.toCanonical(readFinite(subject.image()));
    return new Scan(subject, header.grid(), image, Optional.of(Orientation.toCanonical(classes)));
  }

  /**
   * The class indices that a label holds, 0 for background among them; the image is not read.
   *
   * @param subject with a label
   * @throws BadInputException if the label's file is damaged, or has values that are not declared
   */
  public Set<Integer> classesOf(Subject subject) {
    Path label = subject.label().orElseThrow();
    Set<Integer> found = new TreeSet<>();
    for (float value : labels.classes(label, readFinite(label)).voxels()) {
      found.add((int) value);
    }
    return found;
  }

  private static Volume readFinite(Path file) {
    Volume volume = NiftiReader.read(file);
    ScanChecks.finite(file, volume);
    return volume;
  }
}
