package org.mskd.experiment;

import java.util.List;
import java.util.Optional;

/** Builds an {@link Experiment}; what is not set has the record's default. */
public final class ExperimentBuilder {
  private long seed = Experiment.DEFAULT_SEED;
  private List<DatasetSource> datasets = List.of();
  private List<MultiOrganSource> multiOrgan = List.of();
  private List<UnlabelledSource> unlabelled = List.of();
  private List<TeacherFile> teachers = List.of();
  private Optional<TestSet> testSet = Optional.empty();
  private Optional<Phantoms> phantoms = Optional.empty();
  private Preprocessing preprocessing = Preprocessing.DEFAULT;
  private Network network = Network.DEFAULT;
  private Training training = Training.DEFAULT;
  private List<Method> methods = List.of();
  private TeacherOutputs teacherOutputs = TeacherOutputs.DEFAULT;
  private Evaluation evaluation = Evaluation.DEFAULT;
  private List<Rule> rules = List.of();
  private int replicates = 1;
  private Validation validation = Validation.NONE;
  private List<InitialModel> initialModels = List.of();

  /** Everything at its default; an experiment needs sources at least. */
  public ExperimentBuilder() {}

  ExperimentBuilder(Experiment start) {
    this.seed = start.seed();
    this.datasets = start.datasets();
    this.multiOrgan = start.multiOrgan();
    this.unlabelled = start.unlabelled();
    this.teachers = start.teachers();
    this.testSet = start.testSet();
    this.phantoms = start.phantoms();
    this.preprocessing = start.preprocessing();
    this.network = start.network();
    this.training = start.training();
    this.methods = start.methods();
    this.teacherOutputs = start.teacherOutputs();
    this.evaluation = start.evaluation();
    this.rules = start.rules();
    this.replicates = start.replicates();
    this.validation = start.validation();
    this.initialModels = start.initialModels();
  }

  /** Root of all random choices. */
  public ExperimentBuilder seed(long value) {
    this.seed = value;
    return this;
  }

  /** The single-organ sets, in the order of the student's channels. */
  public ExperimentBuilder datasets(List<DatasetSource> value) {
    this.datasets = value;
    return this;
  }

  /** Data sets that annotate several organs. */
  public ExperimentBuilder multiOrgan(List<MultiOrganSource> value) {
    this.multiOrgan = value;
    return this;
  }

  /** CT volumes without labels. */
  public ExperimentBuilder unlabelled(List<UnlabelledSource> value) {
    this.unlabelled = value;
    return this;
  }

  /** Teachers that are given as files. */
  public ExperimentBuilder teachers(List<TeacherFile> value) {
    this.teachers = value;
    return this;
  }

  /** The test set. */
  public ExperimentBuilder testSet(Optional<TestSet> value) {
    this.testSet = value;
    return this;
  }

  /** Phantoms to be generated first. */
  public ExperimentBuilder phantoms(Optional<Phantoms> value) {
    this.phantoms = value;
    return this;
  }

  /** From volumes to slices. */
  public ExperimentBuilder preprocessing(Preprocessing value) {
    this.preprocessing = value;
    return this;
  }

  /** The U-Net. */
  public ExperimentBuilder network(Network value) {
    this.network = value;
    return this;
  }

  /** How each network is trained. */
  public ExperimentBuilder training(Training value) {
    this.training = value;
    return this;
  }

  /** The students, in the order of training and of the tables. */
  public ExperimentBuilder methods(List<Method> value) {
    this.methods = value;
    return this;
  }

  /** Whether teacher outputs are stored. */
  public ExperimentBuilder teacherOutputs(TeacherOutputs value) {
    this.teacherOutputs = value;
    return this;
  }

  /** How predictions are scored. */
  public ExperimentBuilder evaluation(Evaluation value) {
    this.evaluation = value;
    return this;
  }

  /** Bounds on the scores. */
  public ExperimentBuilder rules(List<Rule> value) {
    this.rules = value;
    return this;
  }

  /** How often teachers and students are trained. */
  public ExperimentBuilder replicates(int value) {
    this.replicates = value;
    return this;
  }

  /** Which training subjects are held out. */
  public ExperimentBuilder validation(Validation value) {
    this.validation = value;
    return this;
  }

  /** The models that trainings begin with. */
  public ExperimentBuilder initialModels(List<InitialModel> value) {
    this.initialModels = value;
    return this;
  }

  /**
   * The experiment.
   *
   * @throws org.mskd.problem.BadInputException naming the element that is missing or impossible
   */
  public Experiment build() {
    return new Experiment(
        seed,
        datasets,
        multiOrgan,
        unlabelled,
        teachers,
        testSet,
        phantoms,
        preprocessing,
        network,
        training,
        methods,
        teacherOutputs,
        evaluation,
        rules,
        replicates,
        validation,
        initialModels);
  }
}
