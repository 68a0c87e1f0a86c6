package org.mskd.experiment;

import java.nio.file.Path;
import java.util.Optional;

/** An experiment whose phantoms, and the data sets among them, lie in another folder. */
public final class MovedPhantoms {
  private final Path from;
  private final Path to;

  private MovedPhantoms(Path from, Path to) {
    this.from = from.toAbsolutePath().normalize();
    this.to = to;
  }

  /**
   * Moves the phantoms of an experiment, if it has any.
   *
   * @param to their new folder
   */
  public static Experiment to(Path to, Experiment experiment) {
    return experiment
        .phantoms()
        .map(
            phantoms -> new MovedPhantoms(phantoms.phantomDirectory(), to).of(experiment, phantoms))
        .orElse(experiment);
  }

  private Experiment of(Experiment experiment, Phantoms phantoms) {
    return experiment.toBuilder()
        .phantoms(
            Optional.of(
                new Phantoms(
                    to,
                    phantoms.phantomOrgans(),
                    phantoms.phantomSubjects(),
                    phantoms.phantomTestSubjects(),
                    phantoms.phantomSize(),
                    phantoms.phantomSlices(),
                    phantoms.phantomSeed())))
        .datasets(
            experiment.datasets().stream()
                .map(
                    set ->
                        new DatasetSource(
                            set.organ(), moved(set.directory()), set.labelValues(), set.reading()))
                .toList())
        .multiOrgan(
            experiment.multiOrgan().stream()
                .map(
                    set ->
                        new MultiOrganSource(
                            set.name(),
                            set.images().stream().map(this::moved).toList(),
                            moved(set.labelFolder()),
                            set.labels(),
                            set.reading()))
                .toList())
        .unlabelled(
            experiment.unlabelled().stream()
                .map(set -> new UnlabelledSource(set.name(), moved(set.directory())))
                .toList())
        .testSet(
            experiment
                .testSet()
                .map(set -> new TestSet(moved(set.directory()), set.labels(), set.reading())))
        .build();
  }

  private Path moved(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    return absolute.startsWith(from) ? to.resolve(from.relativize(absolute)) : folder;
  }
}
