package org.mskd.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.experiment.FeatureTerms;
import org.mskd.training.FrozenNetwork;

/**
 * The teachers of all organs, ready to run a batch.
 *
 * @param networks in the order of the student's channels
 */
record Teachers(List<FrozenNetwork> networks) implements AutoCloseable {
  /**
   * Reads them.
   *
   * @param features what they are to give beside logits
   * @throws org.mskd.problem.BadInputException as of {@link TrainedModels#teacher}
   */
  static Teachers of(StageContext context, Optional<FeatureTerms> features) {
    TrainedModels models = new TrainedModels(context);
    int batch = context.experiment().training().batchSize();
    List<FrozenNetwork> networks = new ArrayList<>();
    try {
      for (String organ : context.experiment().organs()) {
        networks.add(new FrozenNetwork(models.teacher(organ), batch, features));
      }
      return new Teachers(List.copyOf(networks));
    } catch (RuntimeException | Error e) {
      networks.forEach(FrozenNetwork::close);
      throw e;
    }
  }

  @Override
  public void close() {
    networks.forEach(FrozenNetwork::close);
  }
}
