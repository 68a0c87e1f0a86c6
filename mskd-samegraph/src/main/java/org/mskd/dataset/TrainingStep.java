package org.mskd.dataset;

import java.nio.file.Path;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Preprocessing;
import org.mskd.problem.BadInputException;

/** Prepares a single-organ set: images with labels that show the organ. */
final class TrainingStep implements SubjectStep {
  private final DatasetSource source;
  private final Preprocessing preprocessing;
  private final SubjectReader reader;
  private final SubjectPreparation preparation;
  private int annotated;

  TrainingStep(DatasetSource source, Preprocessing preprocessing) {
    this.source = source;
    this.preprocessing = preprocessing;
    this.reader = new SubjectReader(LabelMap.training(source));
    this.preparation = new SubjectPreparation(preprocessing);
  }

  @Override
  public void prepare(Subject subject, Path store) {
    Scan scan = reader.read(subject);
    if (scan.count(1) == 0) {
      throw new BadInputException(
          subject.label().orElseThrow() + " is empty: no voxel marks " + source.organ() + ".",
          "Correct the label and <labelValues>, or take the subject out.");
    }
    annotated += preparation.write(scan, true, store).annotatedSlices().size();
  }

  @Override
  public void reuse(Subject subject, Path store) {
    annotated += SliceStore.subject(store).annotatedSlices().size();
  }

  @Override
  public void check(PreparedSet set) {
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
  }
}
