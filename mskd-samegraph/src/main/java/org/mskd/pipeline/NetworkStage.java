package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mskd.dataset.Augmentation;
import org.mskd.dataset.Patches;
import org.mskd.dataset.PreparedSubject;
import org.mskd.dataset.Sampler;
import org.mskd.dataset.SlicePool;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.Survey;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Training;
import org.mskd.graph.Engine;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.problem.BadInputException;
import org.mskd.random.SubSeeds;
import org.mskd.training.BatchSource;
import org.mskd.training.History;
import org.mskd.training.NetworkWeights;
import org.mskd.training.PrefetchedBatches;
import org.mskd.training.SliceSources;
import org.mskd.training.Source;
import org.mskd.training.TrainableNetwork;
import org.mskd.training.TrainingLoop;

/**
 * Trains one network, teacher or student, from prepared slices to a model archive. Everything
 * random derives from the experiment's seed and {@link #seedName}.
 */
abstract class NetworkStage implements Stage {
  private final StageContext context;
  private final ModelKind kind;

  NetworkStage(StageContext context, ModelKind kind) {
    this.context = context;
    this.kind = kind;
  }

  /** Where the model goes. */
  abstract Path folder();

  /** The organs of channels 1..K. */
  abstract List<String> organs();

  /** The data sets and unlabelled sources whose slices it is trained on. */
  abstract List<String> sources();

  /** Whether a source has labels: whether it is a data set. */
  abstract boolean labelled(String source);

  /** What the teachers see in a source without labels; empty where nobody needs to know. */
  abstract Optional<Survey> survey(String source);

  /** Whether its loss uses labels. */
  abstract boolean usesLabels();

  /** What its random choices are named after, beside the experiment's seed. */
  abstract String seedName();

  /** What else the result depends on, beyond data, network and training. */
  abstract SortedMap<String, String> ownInputs();

  /** The method of a student; empty for a teacher. */
  abstract Optional<String> method();

  /** The network with its loss. */
  abstract TrainableNetwork network(SliceSources sources, long initialSeed);

  StageContext context() {
    return context;
  }

  @Override
  public int steps() {
    return context.experiment().training().iterations();
  }

  @Override
  public List<Path> outputs() {
    return List.of(folder());
  }

  @Override
  public SortedMap<String, String> inputs() {
    SortedMap<String, String> inputs = context.tensorInputs();
    inputs.putAll(ownInputs());
    for (String source : sources()) {
      inputs.put("prepared." + source, context.outputsOf(PrepareStage.idFor(source)));
    }
    inputs.put("sources", sources().toString()); // their order is that of the draws
    inputs.put("organs", organs().toString()); // their order is that of the channels
    inputs.put("seed", Long.toString(context.experiment().seed()));
    inputs.put("network", ExperimentJson.write(context.experiment().network()));
    inputs.put("training", ExperimentJson.write(context.experiment().training()));
    return inputs;
  }

  @Override
  public boolean startsEmpty() {
    return true;
  }

  @Override
  public void run(StageProgress progress) {
    List<Source> sources = new ArrayList<>();
    try {
      for (String name : sources()) {
        sources.add(source(name));
      }
      train(new SliceSources(sources), progress);
    } finally {
      sources.forEach(source -> PreparedStores.close(source.stores()));
    }
  }

  private Source source(String name) {
    int organ = labelled(name) ? organs().indexOf(name) + 1 : 0;
    Optional<Survey> survey = survey(name);
    List<SliceStore> stores = PreparedStores.open(context.folders().prepared(name));
    try {
      return new Source(name, organ, stores, survey);
    } catch (RuntimeException e) {
      PreparedStores.close(stores);
      throw e;
    }
  }

  private void train(SliceSources sources, StageProgress progress) {
    Training training = context.experiment().training();
    requireForcible(sources, training);
    BatchSource batches = batches(sources, training);
    try (History history = History.open(ExperimentFolders.historyIn(folder()));
        PrefetchedBatches ahead = new PrefetchedBatches(batches, training.iterations());
        TrainableNetwork network = network(sources, seed("weights"))) {
      TrainingLoop loop =
          new TrainingLoop(training, history, (done, of, loss) -> progress.step(done, loss));
      loop.train(name(), network, ahead);
      ModelArchive.write(
          ExperimentFolders.modelIn(folder()), card(sources), NetworkWeights.of(network.session()));
      history.finish();
    }
  }

  /** Only unlabelled sources can show nothing: a data set without its organ is not prepared. */
  private static void requireForcible(SliceSources sources, Training training) {
    SlicePool pool = sources.pool();
    if (training.forcedSlots() > 0
        && IntStream.range(0, pool.datasets()).allMatch(d -> pool.annotated(d).isEmpty())) {
      throw new BadInputException(
          "No teacher sees its organ in any slice of "
              + sources.sources().stream().map(Source::name).collect(Collectors.joining(", "))
              + ", but <annotatedFraction> forces "
              + training.forcedSlots()
              + " of "
              + training.batchSize()
              + " slices of a batch to show one.",
          "Check that the images are CT volumes in HU of the part of the body that the teachers"
              + " know, or set <annotatedFraction> to 0.");
    }
  }

  private BatchSource batches(SliceSources sources, Training training) {
    Sampler sampler =
        new Sampler(sources.pool(), training.batchSize(), training.forcedSlots(), seed("sampler"));
    Optional<Augmentation> augmentation =
        training.augments()
            ? Optional.of(new Augmentation(seed("augmentation"), training.augmentationStrength()))
            : Optional.empty();
    int side = context.experiment().inputSize();
    Optional<Patches> patches =
        side < sources.size()
            ? Optional.of(new Patches(side, sources.size(), seed("patch")))
            : Optional.empty();
    return new BatchSource(sources, sampler, augmentation, patches, usesLabels());
  }

  private long seed(String part) {
    return SubSeeds.of(context.experiment().seed(), seedName(), part);
  }

  private ModelCard card(SliceSources sources) {
    List<Map<String, Object>> subjects =
        sources.sources().stream()
            .flatMap(source -> source.stores().stream())
            .map(store -> record(store.subject()))
            .toList();
    SortedMap<String, String> provenance = inputs();
    provenance.put("engine", Engine.description());
    method().ifPresent(name -> provenance.put("method", name));
    return new ModelCard(
        kind,
        context.experiment().network(),
        organs(),
        context.experiment().preprocessing(),
        context.experiment().inputSize(),
        context.experiment().seed(),
        provenance,
        subjects);
  }

  /** What was done to a subject, without its name: a model may be shared where names may not. */
  private static Map<String, Object> record(PreparedSubject subject) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("voxelDigest", subject.voxelDigest());
    record.put("orientation", subject.orientation());
    record.put("sourceDimensions", subject.sourceDimensions());
    record.put("sourceSpacing", subject.sourceSpacing());
    record.put("geometry", ExperimentJson.plain(subject.geometry()));
    return record;
  }
}
