package org.mskd.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Preprocessing;
import org.mskd.problem.BadInputException;
import org.mskd.problem.NameList;

/**
 * Prepares a single-organ set: images with labels. A subject without the organ is a negative
 * example; at least one must show it.
 */
final class TrainingStep implements SubjectStep {
  private final DatasetSource source;
  private final Preprocessing preprocessing;
  private final Consumer<String> warnings;
  private final SubjectReader reader;
  private final SubjectPreparation preparation;
  private final List<String> empty = new ArrayList<>();
  private int subjects;
  private int annotated;

  TrainingStep(DatasetSource source, Preprocessing preprocessing, Consumer<String> warnings) {
    this.source = source;
    this.preprocessing = preprocessing;
    this.warnings = warnings;
    this.reader = SubjectReader.of(source);
    this.preparation = new SubjectPreparation(preprocessing, List.of(source.organ()));
  }

  @Override
  public void prepare(Subject subject, Path store) {
    Scan scan = reader.read(subject);
    if (scan.count(1) == 0) {
      empty.add(subject.id());
    }
    add(preparation.write(scan, true, store));
  }

  /** A store without annotated slices may be one of an organ below a pixel: the label decides. */
  @Override
  public void reuse(Subject subject, Path store) {
    PreparedSubject prepared = SliceStore.subject(store);
    if (prepared.annotatedSlices().isEmpty() && !reader.classesOf(subject).contains(1)) {
      empty.add(subject.id());
    }
    add(prepared);
  }

  private void add(PreparedSubject subject) {
    subjects++;
    annotated += subject.annotatedSlices().size();
  }

  @Override
  public void check(PreparedSet set) {
    if (empty.size() == subjects) {
      throw new BadInputException(
          "No label of %s marks %s: %s empty."
              .formatted(
                  source.directory(),
                  source.organ(),
                  subjects == 1 ? "its only one is" : "all " + subjects + " are"),
          "Correct the labels or <labelValues>.");
    }
    if (annotated == 0) {
      throw new BadInputException(
          "No slice of "
              + source.directory()
              + " shows "
              + source.organ()
              + " at <sliceSize> "
              + preprocessing.sliceSize()
              + ": the organ is smaller than a pixel.",
          "Choose a larger <sliceSize> or a finer <targetSpacing>.");
    }
    if (!empty.isEmpty()) {
      warnings.accept(
          "%s: %d of %d labels mark no voxel (%s). These scans are used as negative examples; if the"
                  .formatted(source.organ(), empty.size(), subjects, NameList.of(empty))
              + " organ is visible in them, correct their labels or <labelValues>.");
    }
  }
}
