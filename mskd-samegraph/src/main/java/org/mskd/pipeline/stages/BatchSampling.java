package org.mskd.pipeline.stages;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mskd.dataset.Augmentation;
import org.mskd.dataset.Patches;
import org.mskd.dataset.Sampler;
import org.mskd.dataset.SlicePool;
import org.mskd.dataset.SliceRef;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Training;
import org.mskd.problem.BadInputException;
import org.mskd.targets.WarpedTargets;
import org.mskd.training.BatchSource;
import org.mskd.training.SliceSources;
import org.mskd.training.Source;

/**
 * Samples the batches of one training from its open slices: the slices, their augmentation, and the
 * patch that the network reads.
 */
final class BatchSampling implements AutoCloseable {
  private final Experiment experiment;
  private final TrainingData data;
  private final SliceSources slices;
  private final Sampler sampler;

  /**
   * @param sources open sources, closed with this object
   * @throws BadInputException if slots are forced to contain an organ, and no slice is known to
   *     contain one
   */
  BatchSampling(Experiment experiment, TrainingData data, List<Source> sources) {
    this.experiment = experiment;
    this.data = data;
    this.slices = new SliceSources(sources, experiment.network().neighbours());
    Training training = experiment.training();
    SlicePool pool = slices.pool();
    requireForcible(pool);
    this.sampler =
        new Sampler(pool, training.batchSize(), training.forcedSlots(), data.seed("sampler"));
  }

  /**
   * Only unlabelled sources can lack the organs in all slices: a labelled set without its organ is
   * rejected when it is prepared.
   */
  private void requireForcible(SlicePool pool) {
    Training training = experiment.training();
    if (training.forcedSlots() > 0
        && IntStream.range(0, pool.datasets()).allMatch(d -> pool.annotated(d).isEmpty())) {
      throw new BadInputException(
          "No teacher predicts its organ in any slice of "
              + slices.sources().stream().map(Source::name).collect(Collectors.joining(", "))
              + ", but <annotatedFraction> forces "
              + training.forcedSlots()
              + " of "
              + training.batchSize()
              + " slices of a batch to contain one.",
          "Check that the images are CT volumes in HU of the same part of the body as the teachers'"
              + " training scans, or set <annotatedFraction> to 0.");
    }
  }

  /** The slices that are sampled from. */
  SliceSources slices() {
    return slices;
  }

  /** Every slice that any batch of the training shows, each once, ascending. */
  List<SliceRef> drawn() {
    return sampler.sampled(experiment.training().iterations());
  }

  /**
   * The batches.
   *
   * @param organs K where they carry annotations, else 0
   * @param targets stored teacher outputs, for batches that carry them
   */
  BatchSource batches(int organs, Optional<WarpedTargets> targets) {
    Training training = experiment.training();
    Optional<Augmentation> augmentation =
        training.augments()
            ? Optional.of(
                new Augmentation(data.seed("augmentation"), training.augmentationStrength()))
            : Optional.empty();
    int side = experiment.inputSize();
    Optional<Patches> patches =
        side < slices.size()
            ? Optional.of(new Patches(side, slices.size(), data.seed("patch")))
            : Optional.empty();
    return new BatchSource(slices, sampler, augmentation, patches, organs, targets);
  }

  @Override
  public void close() {
    slices.sources().forEach(source -> PreparedStores.close(source.stores()));
  }
}
