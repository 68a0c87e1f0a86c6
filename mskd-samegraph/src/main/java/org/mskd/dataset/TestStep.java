package org.mskd.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TestSet;
import org.mskd.problem.BadInputException;

/**
 * Prepares the test set: the slices hold images only, as labels are compared in the scan's own
 * grid; each labelled organ must occur in some case, and no case may be in a training set.
 */
final class TestStep implements SubjectStep {
  private final TestSet testSet;
  private final List<String> organs;
  private final List<PreparedSet> training;
  private final Consumer<String> warnings;
  private final SubjectReader reader;
  private final SubjectPreparation preparation;

  /** Organs that no case so far has. */
  private final Set<String> absent;

  TestStep(
      TestSet testSet,
      List<String> organs,
      Preprocessing preprocessing,
      List<PreparedSet> training,
      Consumer<String> warnings) {
    this.testSet = testSet;
    this.organs = organs;
    this.training = training;
    this.warnings = warnings;
    this.reader = SubjectReader.of(testSet, organs);
    this.preparation = new SubjectPreparation(preprocessing, organs);
    this.absent =
        testSet.labels().stream()
            .map(OrganLabel::organ)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void prepare(Subject subject, Path store) {
    Scan scan = reader.read(subject);
    absent.removeIf(organ -> scan.count(channel(organ)) > 0);
    preparation.write(scan, false, store);
  }

  /** The store does not record which organs the label shows: the label is read where it matters. */
  @Override
  public void reuse(Subject subject, Path store) {
    if (!absent.isEmpty()) {
      Set<Integer> present = reader.classesOf(subject);
      absent.removeIf(organ -> present.contains(channel(organ)));
    }
  }

  private int channel(String organ) {
    return organs.indexOf(organ) + 1;
  }

  @Override
  public void check(PreparedSet set) {
    if (!absent.isEmpty()) {
      throw new BadInputException(
          "No case of the test set "
              + testSet.directory()
              + " shows "
              + String.join(", ", absent)
              + ".",
          "Correct the values in <labels>, or leave the organ out of <labels>.");
    }
    SamePatientCheck.check(training, set).forEach(warnings);
  }
}
