package org.mskd.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mskd.problem.BadInputException;

/**
 * A whole experiment, as a POM declares it.
 *
 * @param seed root of all random choices
 * @param datasets the single-organ sets, in the order of the student's channels from 1
 * @param multiOrgan data sets that annotate several organs
 * @param unlabelled further CT volumes for the student alone
 * @param teachers teachers that are given, not trained; an organ without a data set follows those
 *     with one among the student's channels
 * @param testSet the multi-organ test set, if there is one
 * @param phantoms volumes to be made first, if any
 * @param preprocessing from volumes to slices
 * @param network the U-Net
 * @param training how each network is trained
 * @param methods the students, in the order of training and of the tables; none where teachers
 *     alone are trained
 * @param teacherOutputs whether the teachers' outputs are stored for the students
 * @param evaluation how predictions are scored; null for the default, as in JSON of earlier
 *     versions
 * @param rules bounds on the scores, checked at the end; no stage depends on them
 * @param replicates how often teachers and students are trained, each time with another seed; 1 or
 *     more
 * @param validation which training subjects are held out; null for none, as in JSON of earlier
 *     versions
 * @param initialModels the models that trainings begin with; null for none, as in JSON of earlier
 *     versions
 */
public record Experiment(
    long seed,
    List<DatasetSource> datasets,
    List<MultiOrganSource> multiOrgan,
    List<UnlabelledSource> unlabelled,
    List<TeacherFile> teachers,
    Optional<TestSet> testSet,
    Optional<Phantoms> phantoms,
    Preprocessing preprocessing,
    Network network,
    Training training,
    List<Method> methods,
    TeacherOutputs teacherOutputs,
    Evaluation evaluation,
    List<Rule> rules,
    int replicates,
    Validation validation,
    List<InitialModel> initialModels) {
  /** The seed where none is given: the source's year. */
  public static final long DEFAULT_SEED = 2021;

  public Experiment {
    datasets = datasets == null ? List.of() : List.copyOf(datasets);
    multiOrgan = multiOrgan == null ? List.of() : List.copyOf(multiOrgan);
    unlabelled = unlabelled == null ? List.of() : List.copyOf(unlabelled);
    teachers = teachers == null ? List.of() : List.copyOf(teachers);
    methods = List.copyOf(Checks.present("methods", methods));
    Sources.check(datasets, multiOrgan, unlabelled, teachers);
    List<String> organs = Sources.organs(datasets, teachers, multiOrgan);
    testSet.ifPresent(set -> checkTestOrgans(set, organs));
    if (training.patchSize() > 0) {
      Checks.within("patchSize", training.patchSize(), 1, preprocessing.sliceSize());
    }
    // With patches a slice is no network input, so it may have any size.
    String side = training.patchSize() > 0 ? "patchSize" : "sliceSize";
    int size = inputSize(training, preprocessing);
    checkDepth(side, size, network);
    checkOutputs(training, network);
    Method.checkNames(methods);
    checkLargestArray(training.batchSize(), side, size, network, organs.size() + 1);
    checkStorable(Checks.present("teacherOutputs", teacherOutputs), training, preprocessing);
    evaluation = evaluation == null ? Evaluation.DEFAULT : evaluation;
    KeptComponents.check(evaluation.components(), organs);
    rules = rules == null ? List.of() : List.copyOf(rules);
    Checks.within("replicates", replicates, 1, Replicates.MOST);
    validation = validation == null ? Validation.NONE : validation;
    initialModels = initialModels == null ? List.of() : List.copyOf(initialModels);
    checkTrained(initialModels, datasets, teachers, methods);
    for (Rule rule : rules) {
      rule.checkNames(organs, methods);
    }
  }

  /** A builder that starts from this experiment. */
  public ExperimentBuilder toBuilder() {
    return new ExperimentBuilder(this);
  }

  /** A teacher's output on a crop depends on the crop, and crops are resampled in each step. */
  private static void checkStorable(
      TeacherOutputs outputs, Training training, Preprocessing preprocessing) {
    if (outputs.mayStore() && training.crops(preprocessing)) {
      throw new BadInputException(
          ("<teacherOutputs> is stored, but with <patchSize> %d networks are trained on crops of"
                  + " slices of %d, which are resampled in each step.")
              .formatted(training.patchSize(), preprocessing.sliceSize()),
          "Set <teacherOutputs=live> or <patchSize=0>.");
    }
  }

  /** A side must be halved {@code depth} times and leave 2 pixels. */
  private static void checkDepth(String element, int side, Network network) {
    int multiple = 1 << network.depth();
    if (side % multiple != 0) {
      throw Checks.notAllowed(
          element, side, "a multiple of " + multiple + " (2 to the power of depth)");
    }
    if (side / multiple < 2) {
      throw Checks.notAllowed(
          "depth", network.depth(), "fewer downsamplings: the deepest map must be 2x2 or more");
    }
  }

  /** The decoder's coarsest block, of level depth - 1, gets no output. */
  private static void checkOutputs(Training training, Network network) {
    if (training.deepSupervision() && network.depth() < Training.LEAST_SUPERVISED_DEPTH) {
      throw Checks.notAllowed(
          "deepSupervision",
          true,
          "false with a <depth> of %d, or a <depth> of at least %d: the coarsest decoder level has no"
                  .formatted(network.depth(), Training.LEAST_SUPERVISED_DEPTH)
              + " auxiliary output");
    }
  }

  /** Arrays are indexed by int: no array of a training may hold 2^31 values. */
  private static void checkLargestArray(
      int batch, String side, int size, Network network, int outputs) {
    long values = largestArray(batch, size, network, outputs);
    if (values > Integer.MAX_VALUE) {
      throw new BadInputException(
          ("<batchSize> %d, <%s> %d and <baseChannels> %d need an array of %d values; at"
                  + " most 2^31 - 1 are possible.")
              .formatted(batch, side, size, network.baseChannels(), values),
          "Lower <batchSize>, <%s> or <baseChannels>.".formatted(side));
    }
  }

  /**
   * How many values the largest array of a network has that runs a batch; more than 2^31 - 1 cannot
   * be indexed.
   *
   * @param size side of its input, pixels
   * @param outputs classes, background included
   */
  public static long largestArray(int batch, int size, Network network, int outputs) {
    return (long) batch * size * size * network.widest(outputs);
  }

  private static void checkTrained(
      List<InitialModel> initial,
      List<DatasetSource> datasets,
      List<TeacherFile> teachers,
      List<Method> methods) {
    for (InitialModel model : initial) {
      boolean given = teachers.stream().anyMatch(one -> model.isOfTeacher(one.organ()));
      boolean trained =
          datasets.stream().anyMatch(one -> model.isOfTeacher(one.organ()))
              || methods.stream().anyMatch(one -> model.isOfStudent(one.name()));
      if (given || !trained) {
        throw new BadInputException(
            "<initialModel> is %s for %s, which is %s."
                .formatted(
                    model.model(),
                    model.name(),
                    given ? "given as a <teacher> and not trained" : "not declared"),
            "Leave out <initialModel>, or " + (given ? "the <teacher>." : "declare the network."));
      }
    }
  }

  private static void checkTestOrgans(TestSet testSet, List<String> organs) {
    for (OrganLabel label : testSet.labels()) {
      if (!organs.contains(label.organ())) {
        throw new BadInputException(
            "<labels> of the test set names organ "
                + label.organ()
                + ", which no <dataset> or <teacher> declares.",
            "Use one of " + organs + ", or add the data set.");
      }
    }
  }

  /** The organs in the order of the student's channels 1..K. */
  public List<String> organs() {
    return Sources.organs(datasets, teachers, multiOrgan);
  }

  /**
   * Every source of training images: the single-organ sets by organ, then the multi-organ sets and
   * the unlabelled ones by name.
   */
  public List<String> sources() {
    return Stream.of(
            datasets.stream().map(DatasetSource::organ),
            multiOrgan.stream().map(MultiOrganSource::name),
            unlabelled.stream().map(UnlabelledSource::name))
        .flatMap(names -> names)
        .toList();
  }

  /** The multi-organ sets that annotate all organs. */
  public List<MultiOrganSource> annotatingAll() {
    return multiOrgan.stream().filter(set -> set.organs().containsAll(organs())).toList();
  }

  /** The given teacher of an organ; empty where it is trained here. */
  public Optional<TeacherFile> teacherFile(String organ) {
    return teachers.stream().filter(teacher -> teacher.organ().equals(organ)).findFirst();
  }

  /**
   * The model that a training begins with; empty for random weights.
   *
   * @param name of the network, such as {@code teacher liver} or {@code student mskd}
   */
  public Optional<Path> initialModel(String name) {
    return initialModels.stream()
        .filter(initial -> initial.name().equals(name))
        .map(InitialModel::model)
        .findFirst();
  }

  /** Side of the network's input, pixels: of the patch, or of the whole slice. */
  public int inputSize() {
    return inputSize(training, preprocessing);
  }

  private static int inputSize(Training training, Preprocessing preprocessing) {
    return training.patchSize() > 0 ? training.patchSize() : preprocessing.sliceSize();
  }
}
