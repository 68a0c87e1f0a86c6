package org.mskd.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.LabelGrid;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.TestSet;
import org.mskd.problem.BadInputException;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Grid;
import org.mskd.volume.ImageHeader;
import org.mskd.volume.NiftiReader;
import org.mskd.volume.Voxels;

/** Reads a subject's image and label and checks them. */
public final class SubjectReader {
  private final LabelMap labels;
  private final LabelGrid labelGrid;

  /** Of the subjects of a single-organ set: its organ is class 1. */
  public static SubjectReader of(DatasetSource source) {
    return new SubjectReader(LabelMap.training(source), source.reading().grid());
  }

  /** Of the subjects of a set that annotates several organs, which are classes 1.. in its order. */
  public static SubjectReader of(MultiOrganSource source) {
    return new SubjectReader(LabelMap.multiOrgan(source), source.reading().grid());
  }

  /**
   * Of the cases of the test set.
   *
   * @param organs the organs in the order of the student's channels 1..K
   */
  public static SubjectReader of(TestSet testSet, List<String> organs) {
    return new SubjectReader(LabelMap.test(testSet, organs), testSet.reading().grid());
  }

  /**
   * @param labelGrid where the voxels of labels lie
   */
  SubjectReader(LabelMap labels, LabelGrid labelGrid) {
    this.labels = labels;
    this.labelGrid = labelGrid;
  }

  /**
   * The image alone.
   *
   * @throws BadInputException if its file is damaged, has voxels that are NaN or infinite, or does
   *     not fit into the heap
   */
  public static Scan image(Subject subject) {
    return ScanMemory.of(
        subject, () -> new Scan(subject, readImage(subject.image()), Optional.empty()));
  }

  /**
   * Image and label.
   *
   * @param subject with a label
   * @throws BadInputException if a file is damaged, has voxels that are NaN or infinite, lies on
   *     another grid than its partner, has label values that are not declared, or does not fit into
   *     the heap
   */
  public Scan read(Subject subject) {
    // Headers first: a wrong grid should not wait for the voxels.
    checkedImage(subject);
    return ScanMemory.of(
        subject,
        () -> {
          ClassMap classes = classes(subject);
          return new Scan(subject, readImage(subject.image()), Optional.of(classes));
        });
  }

  /**
   * The classes of the label's voxels, in the order of its file; the image's voxels are not read.
   *
   * @param subject with a label
   * @throws BadInputException if the label's file is damaged, has values that are not declared, or
   *     lies on another grid than the image
   */
  public ClassMap classes(Subject subject) {
    Grid image = checkedImage(subject);
    Path label = subject.label().orElseThrow();
    ClassMap own = ScanMemory.of(subject, () -> labels.read(label, labelGrid));
    return labelGrid == LabelGrid.IMAGE ? new ClassMap(image, own.classes()) : own;
  }

  /** The grid of the image, from the headers, which show whether the label belongs to it. */
  private Grid checkedImage(Subject subject) {
    ImageHeader image = NiftiReader.readHeader(subject.image());
    Path label = subject.label().orElseThrow();
    if (labelGrid == LabelGrid.IMAGE) {
      Grid indices = NiftiReader.readUnplacedHeader(label).grid();
      ScanChecks.sameExtents(subject, image.grid(), indices);
    } else {
      ScanChecks.sameGrid(subject, image, NiftiReader.readHeader(label));
    }
    return image.grid();
  }

  /**
   * The class indices that a label holds, 0 for background among them; the image is not read.
   *
   * @param subject with a label
   * @throws BadInputException as {@link #classes}
   */
  public Set<Integer> classesOf(Subject subject) {
    Set<Integer> found = new TreeSet<>();
    boolean[] seen = new boolean[256];
    for (byte c : classes(subject).classes()) {
      seen[Byte.toUnsignedInt(c)] = true;
    }
    for (int c = 0; c < seen.length; c++) {
      if (seen[c]) {
        found.add(c);
      }
    }
    return found;
  }

  private static Voxels readImage(Path file) {
    Voxels voxels = NiftiReader.readPacked(file);
    ScanChecks.finite(file, voxels);
    return voxels;
  }
}
