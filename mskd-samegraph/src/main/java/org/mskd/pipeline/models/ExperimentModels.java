package org.mskd.pipeline.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.TeacherFile;
import org.mskd.method.Methods;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.problem.BadInputException;
import org.mskd.teacher.ScanReader;
import org.mskd.teacher.SliceTeachers;

/**
 * Reads the models of an experiment and checks that they belong to it: weights for another organ or
 * another slice size would load as well, and give meaningless results.
 */
public final class ExperimentModels {
  private final Experiment experiment;
  private final ExperimentFolders folders;

  public ExperimentModels(Experiment experiment, ExperimentFolders folders) {
    this.experiment = experiment;
    this.folders = folders;
  }

  /**
   * The teacher of an organ, trained or given.
   *
   * @throws BadInputException if it is missing, damaged or not this experiment's
   */
  public Model teacher(String organ) {
    if (experiment.teacherFile(organ).isPresent()) {
      Path shared = folders.ofReplicate(1).teacher(organ);
      return copied(organ, ExperimentFolders.modelIn(shared));
    }
    return read(folders.teacher(organ), ModelKind.TEACHER, List.of(organ));
  }

  /**
   * The teachers of all organs, in the order of the student's channels; errors as of {@link
   * #teacher}.
   */
  public List<Model> teachers() {
    return experiment.organs().stream().map(this::teacher).toList();
  }

  /**
   * Reads the copy of a given teacher. The given file was checked before, so an error concerns the
   * copy alone.
   */
  private Model copied(String organ, Path copy) {
    try {
      return new GivenTeachers(experiment).read(new TeacherFile(organ, copy), copy);
    } catch (BadInputException e) {
      throw new BadInputException(
          e.problem(), "Run the same goal again, which copies it again.", e);
    }
  }

  /**
   * The teachers of all organs, loaded to run on batches in each step.
   *
   * @param features the encoder or decoder features that they return beside logits
   * @throws BadInputException as {@link #teacher}
   */
  public FrozenTeachers frozenTeachers(Optional<FeatureTerms> features) {
    return FrozenTeachers.of(this, experiment, features);
  }

  /**
   * The teachers of all organs, loaded to run on training slices.
   *
   * @param features the encoder or decoder features that they return beside logits
   * @param scans for teachers that read slices of their own
   * @throws BadInputException as {@link #teacher}
   */
  public SliceTeachers sliceTeachers(Optional<FeatureTerms> features, ScanReader scans) {
    return SliceTeachers.load(
        experiment.organs().stream().<Supplier<Model>>map(organ -> () -> teacher(organ)).toList(),
        experiment.training().batchSize(),
        features,
        logitsOnly(features),
        experiment.preprocessing(),
        scans);
  }

  /**
   * The organs of given teachers that read other slices than the student.
   *
   * @throws BadInputException as {@link #teacher}
   */
  public List<String> readingOwnSlices() {
    return experiment.teachers().stream()
        .map(TeacherFile::organ)
        .filter(organ -> new GivenTeachers(experiment).readsOwnSlices(card(organ)))
        .toList();
  }

  /** The model card of a given teacher's copy. */
  private ModelCard card(String organ) {
    return ModelArchive.readCard(ExperimentFolders.modelIn(folders.ofReplicate(1).teacher(organ)));
  }

  /**
   * The teachers, from 0, whose features cannot be compared with the student's.
   *
   * @throws BadInputException as {@link #teacher}
   */
  public List<Integer> logitsOnly(Optional<FeatureTerms> features) {
    SortedMap<String, String> objections = objections(features);
    return IntStream.range(0, experiment.organs().size())
        .filter(k -> objections.containsKey(experiment.organs().get(k)))
        .boxed()
        .toList();
  }

  /**
   * By organ, what prevents that a given teacher's features are compared: a clause such as {@code
   * baseChannels 8 (student: 16)}.
   *
   * @throws BadInputException as {@link #teacher}
   */
  public SortedMap<String, String> objections(Optional<FeatureTerms> features) {
    SortedMap<String, String> objections = new TreeMap<>();
    for (TeacherFile given : experiment.teachers()) {
      features
          .flatMap(terms -> new GivenTeachers(experiment).objection(card(given.organ()), terms))
          .ifPresent(one -> objections.put(given.organ(), one.why()));
    }
    return objections;
  }

  /** The student of a method; errors as of {@link #teacher}. */
  public Model student(String method) {
    Path folder = folders.method(method);
    Model model = read(folder, ModelKind.STUDENT, experiment.organs());
    declared(method)
        .ifPresent(
            architecture ->
                require(
                    ExperimentFolders.modelIn(folder),
                    "architecture",
                    architecture,
                    model.card().architecture().name()));
    return model;
  }

  /** Name of the architecture that a student's training method trains. */
  private Optional<String> declared(String name) {
    return experiment.methods().stream()
        .filter(method -> method.name().equals(name))
        .map(method -> Methods.installed().of(method).method())
        .map(method -> method.architecture(experiment.network(), experiment.organs().size()).name())
        .findFirst();
  }

  private Model read(Path folder, ModelKind kind, List<String> organs) {
    Path file = ExperimentFolders.modelIn(folder);
    Model model = ModelArchive.read(file);
    ModelCard card = model.card();
    require(file, "kind", kind, card.kind());
    require(file, "organs", organs, card.organs());
    require(file, "network", experiment.network(), card.network());
    require(file, "preprocessing", experiment.preprocessing(), card.preprocessing());
    require(file, "inputSize", experiment.inputSize(), card.inputSize());
    return model;
  }

  private static void require(Path file, String part, Object declared, Object found) {
    if (!declared.equals(found)) {
      throw new BadInputException(
          file
              + " is not a model of this experiment: its "
              + part
              + ": "
              + found
              + "; declared: "
              + declared
              + ".",
          "Delete its folder and run the same goal again, which trains it again.");
    }
  }
}
