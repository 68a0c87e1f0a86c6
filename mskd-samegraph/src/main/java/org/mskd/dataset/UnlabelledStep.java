package org.mskd.dataset;

import java.nio.file.Path;
import java.util.List;
import org.mskd.experiment.Preprocessing;

/** Prepares images without labels. */
final class UnlabelledStep implements SubjectStep {
  private final SubjectPreparation preparation;

  UnlabelledStep(Preprocessing preprocessing) {
    this.preparation = new SubjectPreparation(preprocessing, List.of());
  }

  @Override
  public void prepare(Subject subject, Path store) {
    preparation.write(SubjectReader.image(subject), false, store);
  }

  @Override
  public void reuse(Subject subject, Path store) {}

  @Override
  public void check(PreparedSet set) {}
}
