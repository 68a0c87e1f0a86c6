package org.mskd.benchmark.ours;

import java.nio.file.Path;
import java.util.Optional;
import org.mskd.benchmark.measure.Arguments;
import org.mskd.benchmark.measure.Results;
import org.mskd.dataset.Sampler;
import org.mskd.experiment.Network;
import org.mskd.experiment.Training;
import org.mskd.graph.WeightInit;
import org.mskd.method.TeacherMethod;
import org.mskd.method.TrainingContext;
import org.mskd.option.OptionValues;
import org.mskd.training.BatchSource;
import org.mskd.training.SliceSources;
import org.mskd.training.Trainer;

/**
 * Steps of a teacher, from a slice store on the disk to the optimizer, as in a real training, with
 * the {@link AskedSettings}.
 */
final class TeacherWork {
  private static final TeacherMethod METHOD = new TeacherMethod();

  private TeacherWork() {}

  static void run(Arguments asked, Network network, Results results) {
    Training training = AskedSettings.training(asked);
    int batch = asked.integer("batch");
    int size = asked.integer("size");
    Path folder = asked.path("folder");
    TrainingContext context =
        new TrainingContext(network, Models.organs(1), batch, size, new WeightInit(1));
    try (SyntheticStores stores = new SyntheticStores(folder, 1, asked.integer("slices"), size);
        Trainer teacher =
            AskedSettings.trainer(
                METHOD, context, OptionValues.defaults(METHOD.options()), training)) {
      SliceSources sources = new SliceSources(stores.sources().sources(), network.neighbours());
      Sampler sampler = new Sampler(sources.pool(), batch, training.forcedSlots(), 1);
      BatchSource batches =
          new BatchSource(
              sources,
              sampler,
              AskedSettings.augmentation(training),
              Optional.empty(),
              1,
              Optional.empty());
      TimedTraining.of(asked).run(training, teacher, batches, folder, results);
    }
  }
}
