package org.mskd.pipeline.report;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.UnlabelledSource;

/**
 * Shortens the paths of the experiment's folders in texts to the folders' names: a report is passed
 * on, and where data lie on a machine is nobody else's business.
 */
final class ShortPaths implements UnaryOperator<String> {
  private final List<Path> folders;

  ShortPaths(Experiment experiment, Path outputDirectory) {
    this.folders =
        Stream.of(
                Stream.of(outputDirectory),
                experiment.datasets().stream().map(DatasetSource::directory),
                experiment.multiOrgan().stream().flatMap(set -> set.images().stream()),
                experiment.multiOrgan().stream().map(set -> set.labelFolder()),
                experiment.unlabelled().stream().map(UnlabelledSource::directory),
                experiment.testSet().stream().map(TestSet::directory),
                experiment.phantoms().stream().map(Phantoms::phantomDirectory))
            .flatMap(paths -> paths)
            .flatMap(path -> Stream.of(path, path.toAbsolutePath().normalize()))
            .filter(path -> path.isAbsolute() && path.getFileName() != null)
            .distinct()
            .sorted(Comparator.comparingInt((Path path) -> -path.getNameCount()))
            .toList();
  }

  @Override
  public String apply(String text) {
    String shorter = text;
    for (Path folder : folders) {
      shorter = shorter.replace(folder.toString(), folder.getFileName().toString());
    }
    return shorter;
  }
}
