package org.mskd.pipeline.stages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mskd.dataset.Subject;
import org.mskd.experiment.ExperimentJson;
import org.mskd.prediction.OrganMeasure;
import org.mskd.problem.BadInputException;

/**
 * Predictions of scans that are not among those of a run. They stay in the output folder, whose
 * {@code dataset.json} names the label values of all, so they must be of the same organs.
 */
final class EarlierPredictions {
  private static final String ENDING = ".json";

  private EarlierPredictions() {}

  /**
   * Checks that their label values mean the organs of the model.
   *
   * @param output the output folder, which may be missing
   * @param organs of the model, of values 1..K
   * @param subjects the scans of the run, whose predictions are replaced
   * @throws BadInputException naming a scan and both lists of organs
   */
  static void requireOrgans(Path output, List<String> organs, List<Subject> subjects) {
    PredictionFolders folders = new PredictionFolders(output);
    Set<String> replaced = subjects.stream().map(Subject::id).collect(Collectors.toSet());
    for (String id : predicted(folders)) {
      List<String> other =
          replaced.contains(id)
              ? organs
              : measures(folders.measures(id)).stream().map(OrganMeasure::organ).toList();
      if (!other.equals(organs)) {
        throw new BadInputException(
            "%s holds the prediction of %s, whose label values are %s; those of this model are %s."
                .formatted(output, id, values(other), values(organs)),
            "Choose another <output>: its dataset.json names the label values of all scans in it.");
      }
    }
  }

  /** The organs of one prediction. */
  static List<OrganMeasure> measures(Path file) {
    try {
      return List.of(ExperimentJson.read(Files.readString(file), OrganMeasure[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> predicted(PredictionFolders folders) {
    if (!Files.isDirectory(folders.measures())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folders.measures())) {
      return files
          .flatMap(file -> id(file).stream())
          .filter(id -> folders.holdsLabels(id))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> id(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(ENDING) && Files.isRegularFile(file)
        ? Optional.of(name.substring(0, name.length() - ENDING.length()))
        : Optional.empty();
  }

  /** Such as {@code 1 liver, 2 kidney}. */
  private static String values(List<String> organs) {
    List<String> values = new ArrayList<>();
    organs.forEach(organ -> values.add(values.size() + 1 + " " + organ));
    return String.join(", ", values);
  }
}
