package org.mskd.pipeline.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.SliceSource;
import org.mskd.dataset.SliceStore;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.MetricsFile;
import org.mskd.experiment.Experiment;
import org.mskd.export.card.CardScores;
import org.mskd.export.card.TrainingSet;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.models.ExperimentModels;
import org.mskd.pipeline.models.ModelName;
import org.mskd.pipeline.models.TrainedModels;
import org.mskd.pipeline.models.TrainedSubjects;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.ExportOptions;
import org.mskd.pipeline.request.GoalFolders;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;

/** Models of an experiment, of its first replicate. */
final class ExperimentSource implements ExportSource {
  /** What stands before the name of a prepared set among the inputs of a training. */
  private static final String PREPARED = "prepared.";

  private final Experiment experiment;
  private final ExperimentFolders folders;
  private final ExportOptions options;
  private final List<ModelName> models;
  private final CurrentResults current;

  /**
   * @throws BadInputException if a named model is not there
   */
  ExperimentSource(WorkerRequest request, ExportOptions options) {
    this.experiment = request.experiment().orElseThrow();
    this.folders = new ExperimentFolders(request.outputDirectory());
    this.options = options;
    this.models = new TrainedModels(experiment, folders).select(options.names());
    this.current = CurrentResults.of(request);
  }

  @Override
  public Path folder() {
    return GoalFolders.export(folders.root());
  }

  @Override
  public List<ModelName> models() {
    return models;
  }

  @Override
  public Model read(ModelName name) {
    ExperimentModels all = new ExperimentModels(experiment, folders);
    return name.kind() == ModelKind.TEACHER ? all.teacher(name.name()) : all.student(name.name());
  }

  @Override
  public Path archive(ModelName name) {
    return name.fileIn(folders);
  }

  /** Those of a given scan, else of the test set, else of the first set that is prepared. */
  @Override
  public List<SliceSource> slices(ModelCard card) {
    if (options.input().isPresent()) {
      return List.of(GivenScan.read(options.input().get(), card.preprocessing()));
    }
    Optional<Path> set =
        Stream.concat(Stream.of(PreparedSet.TEST), experiment.sources().stream())
            .map(folders::prepared)
            .filter(Files::isDirectory)
            .findFirst();
    if (set.isEmpty()) {
      throw new BadInputException(
          folders.prepared() + " holds no slices that an exported network could be checked on.",
          "Run mvn mskd:prepare, or give a scan with <input=FILE>.");
    }
    List<SliceSource> stores = new ArrayList<>();
    for (Path store : PreparedSet.read(set.get()).stores()) {
      stores.add(fitting(store, card));
    }
    return stores;
  }

  private static SliceStore fitting(Path file, ModelCard card) {
    SliceStore store = SliceStore.open(file);
    if (store.size() != card.preprocessing().sliceSize()) {
      throw new BadInputException(
          "%s holds slices of %d pixels, and the network was trained on %d."
              .formatted(file, store.size(), card.preprocessing().sliceSize()),
          "Run mvn mskd:prepare, or give a scan with <input=FILE>.");
    }
    return store;
  }

  @Override
  public List<TrainingSet> sets(ModelCard card) {
    List<TrainingSet> sets = new ArrayList<>();
    TrainedSubjects subjects = new TrainedSubjects(card);
    for (String name : experiment.sources()) {
      Path folder = folders.prepared(name);
      if (card.provenance().containsKey(PREPARED + name) && Files.isDirectory(folder)) {
        sets.add(new TrainingSet(name, subjects.in(folder).size()));
      }
    }
    return sets;
  }

  @Override
  public boolean phantoms() {
    Optional<Path> drawn =
        experiment.phantoms().map(phantoms -> absolute(phantoms.phantomDirectory()));
    List<Path> data = new ArrayList<>();
    experiment.datasets().forEach(set -> data.add(set.directory()));
    experiment.multiOrgan().forEach(set -> data.addAll(set.images()));
    experiment.unlabelled().forEach(set -> data.add(set.directory()));
    return drawn.isPresent()
        && experiment.teachers().isEmpty()
        && experiment.initialModels().isEmpty()
        && data.stream().allMatch(folder -> absolute(folder).startsWith(drawn.get()));
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** The scores are those of the merged teachers where the model is one of them. */
  @Override
  public Optional<CardScores> scores(ModelName name) {
    String evaluated = name.evaluatedAs();
    if (experiment.testSet().isEmpty() || !current.isEvaluated(evaluated)) {
      return Optional.empty();
    }
    Path directory = absolute(experiment.testSet().get().directory());
    Metrics scores = MetricsFile.read(ExperimentFolders.scoresIn(folders.evaluation(evaluated)));
    // The file of one model does not have the name of the test set.
    Metrics named =
        new Metrics(
            directory.getFileName() == null ? scores.testSet() : directory.getFileName().toString(),
            scores.surfaceToleranceMm(),
            scores.models());
    return Optional.of(new CardScores(named, name.kind() == ModelKind.TEACHER));
  }

  @Override
  public List<String> warnings() {
    return current.warnings(models, experiment.testSet().isPresent());
  }
}
