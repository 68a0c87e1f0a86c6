package org.mskd.pipeline.publication;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.PublicationSettings;
import org.mskd.file.Sha256;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.model.Publication;
import org.mskd.model.PublishedTeacher;
import org.mskd.pipeline.models.ModelName;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.problem.BadInputException;

/**
 * The publications of an experiment's models, of its first replicate. Everything is read from the
 * output directory, and belongs to the model that is there: what stages of other inputs left is an
 * error, or is left out where it is no part of the training.
 */
public final class ModelPublication {
  /** The inputs of a student that are its teachers' results. */
  private static final String TEACHER = "teacher.";

  /** The inputs that hold a given teacher's coordinates. */
  private static final String TEACHER_ARTIFACT = "teacherArtifact.";

  private final Experiment experiment;
  private final ExperimentFolders folders;
  private final StageResults results;
  private final PublicationSettings settings;
  private final TestScores scores;
  private final String version;

  /**
   * @param outputDirectory of the experiment
   * @param outdated ids of the stages whose results are of other settings than the experiment's
   * @param version of mskd
   */
  public ModelPublication(
      Experiment experiment,
      Path outputDirectory,
      PublicationSettings settings,
      Set<String> outdated,
      String version) {
    this.experiment = experiment;
    this.folders = new ExperimentFolders(outputDirectory);
    this.results = new StageResults(outputDirectory);
    this.settings = settings;
    this.scores = new TestScores(experiment, folders, results, outdated);
    this.version = version;
  }

  /** Whether the publication of a model lacks scores that are there, since they are outdated. */
  public boolean leavesOutScores(ModelName name) {
    return scores.areOutdated(name);
  }

  /**
   * The publication of one model.
   *
   * @param coordinates under which it is published; empty if it has none
   * @param teachers the coordinates of teachers that are trained here, by organ; those of given
   *     ones are in the student's provenance
   * @throws BadInputException if the model is not trained here, or not with what is there
   */
  public Publication of(ModelName name, String coordinates, Map<String, String> teachers) {
    boolean teacher = name.kind() == ModelKind.TEACHER;
    if (teacher && experiment.teacherFile(name.name()).isPresent()) {
      throw new BadInputException(
          "The teacher of " + name.name() + " is given, not trained here.",
          "Publish it where it was trained.");
    }
    Path file = name.fileIn(folders);
    results.requireOutput(name.stage(), file);
    ModelCard card = ModelArchive.readCard(file);
    return new Publication(
        coordinates,
        settings.license(),
        new TrainingSets(experiment, folders, results, settings.datasetNames()).of(card, file),
        scores.of(name, card),
        teachers(card, file, teachers),
        new TreeMap<>(Map.of("mskd", version)));
  }

  private List<PublishedTeacher> teachers(
      ModelCard card, Path student, Map<String, String> coordinates) {
    List<PublishedTeacher> teachers = new ArrayList<>();
    for (String organ : card.organs()) {
      String learned = card.provenance().get(TEACHER + organ);
      if (card.kind() == ModelKind.TEACHER || learned == null) {
        continue;
      }
      ModelName teacher = new ModelName(ModelKind.TEACHER, organ);
      Path file = teacher.fileIn(folders);
      results.requireInput(learned, teacher.stage(), student);
      results.requireOutput(teacher.stage(), file);
      boolean given = experiment.teacherFile(organ).isPresent();
      String own = given ? "" : coordinates.getOrDefault(organ, "");
      teachers.add(
          new PublishedTeacher(
              organ,
              card.provenance().getOrDefault(TEACHER_ARTIFACT + organ, own),
              ModelArchive.read(file).digest(),
              given ? Sha256.of(file) : ""));
    }
    return teachers;
  }
}
