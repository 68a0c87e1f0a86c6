package org.mskd.pipeline.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.FeatureTerms;
import org.mskd.training.FrozenNetwork;

/**
 * The teachers of all organs, loaded to run on the batches of a training in each step.
 *
 * @param networks in the order of the student's output channels
 */
public record FrozenTeachers(List<FrozenNetwork> networks) implements AutoCloseable {
  static FrozenTeachers of(
      ExperimentModels models, Experiment experiment, Optional<FeatureTerms> features) {
    int batch = experiment.training().batchSize();
    List<FrozenNetwork> networks = new ArrayList<>();
    try {
      List<Integer> logitsOnly = models.logitsOnly(features);
      for (int k = 0; k < experiment.organs().size(); k++) {
        networks.add(
            new FrozenNetwork(
                models.teacher(experiment.organs().get(k)),
                batch,
                logitsOnly.contains(k) ? Optional.empty() : features));
      }
      return new FrozenTeachers(List.copyOf(networks));
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
