package org.mskd.dataset;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.Preprocessing;
import org.mskd.problem.BadInputException;

/**
 * Prepares a set that annotates several organs: images with labels. A subject may lack some of the
 * organs, but none may be absent from all.
 */
final class MultiOrganStep implements SubjectStep {
  private final MultiOrganSource source;
  private final SubjectReader reader;
  private final SubjectPreparation preparation;

  /** Organs that no subject so far has. */
  private final Set<String> absent;

  MultiOrganStep(MultiOrganSource source, Preprocessing preprocessing) {
    this.source = source;
    this.reader = SubjectReader.of(source);
    this.preparation = new SubjectPreparation(preprocessing, source.organs());
    this.absent = new TreeSet<>(source.organs());
  }

  @Override
  public void prepare(Subject subject, Path store) {
    Scan scan = reader.read(subject);
    absent.removeIf(organ -> scan.count(classOf(organ)) > 0);
    preparation.write(scan, true, store);
  }

  /** The store does not list the organs of its label, so the label is read where it matters. */
  @Override
  public void reuse(Subject subject, Path store) {
    if (!absent.isEmpty()) {
      Set<Integer> present = reader.classesOf(subject);
      absent.removeIf(organ -> present.contains(classOf(organ)));
    }
  }

  private int classOf(String organ) {
    return source.organs().indexOf(organ) + 1;
  }

  @Override
  public void check(PreparedSet set) {
    if (!absent.isEmpty()) {
      throw new BadInputException(
          "No subject of data set %s shows %s.".formatted(source.name(), String.join(", ", absent)),
          "Correct the values in its <labels>, or leave the organ out of them.");
    }
  }
}
