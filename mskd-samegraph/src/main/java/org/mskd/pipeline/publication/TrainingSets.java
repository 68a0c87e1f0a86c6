package org.mskd.pipeline.publication;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mskd.dataset.PreparedSubject;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.file.Sha256;
import org.mskd.model.ModelCard;
import org.mskd.model.PublishedSet;
import org.mskd.pipeline.models.TrainedSubjects;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;

/**
 * The data sets that a model was trained on.
 *
 * @param names whether they are named
 */
record TrainingSets(
    Experiment experiment, ExperimentFolders folders, StageResults results, boolean names) {
  /** What stands before the name of a prepared set among the inputs of a training. */
  private static final String PREPARED = "prepared.";

  /**
   * Those of a model.
   *
   * @param model its file
   * @throws org.mskd.problem.BadInputException if the prepared slices are not those of its training
   */
  List<PublishedSet> of(ModelCard card, Path model) {
    List<PublishedSet> sets = new ArrayList<>();
    TrainedSubjects trained = new TrainedSubjects(card);
    for (String name : experiment.sources()) {
      String digest = card.provenance().get(PREPARED + name);
      if (digest != null) {
        results.requireInput(digest, StageKind.PREPARE.id() + "/" + name, model);
        sets.add(set(name, trained.in(folders.prepared(name))));
      }
    }
    return sets;
  }

  private PublishedSet set(String name, List<PreparedSubject> subjects) {
    String digests =
        subjects.stream()
            .map(subject -> subject.voxelDigest() + "\n")
            .sorted()
            .collect(Collectors.joining());
    return new PublishedSet(
        names ? Optional.of(name) : Optional.empty(),
        organs(name),
        subjects.size(),
        subjects.stream().mapToInt(subject -> subject.geometry().slices()).sum(),
        Sha256.of(digests));
  }

  /** The organs that a set annotates; none of a set without labels. */
  private List<String> organs(String name) {
    for (DatasetSource set : experiment.datasets()) {
      if (set.organ().equals(name)) {
        return List.of(name);
      }
    }
    return experiment.multiOrgan().stream()
        .filter(set -> set.name().equals(name))
        .map(MultiOrganSource::organs)
        .findFirst()
        .orElse(List.of());
  }
}
