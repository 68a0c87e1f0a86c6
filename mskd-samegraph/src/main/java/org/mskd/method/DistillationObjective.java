package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import org.mskd.experiment.Distillation;
import org.mskd.loss.FeatureTargets;
import org.mskd.loss.MskdLoss;
import org.mskd.loss.NetworkOutputs;
import org.mskd.loss.TeacherTargets;
import org.mskd.training.TensorBatch;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The logit and feature losses of MS-KD ({@link MskdLoss}) on the teacher outputs of the batch.
 *
 * @param settings its label weight is ignored
 */
record DistillationObjective(Distillation settings) implements Objective {
  @Override
  public LossTerms add(ObjectiveGraph graph) {
    TrainingContext context = graph.context();
    List<Integer> levels = settings.usesFeatures() ? settings.features().levels() : List.of();
    List<SDVariable> features =
        settings.usesFeatures() ? graph.features(settings.features()) : List.of();
    MskdLoss loss =
        MskdLoss.of(
            graph.graph(),
            new NetworkOutputs(graph.logits(), features),
            targets(graph, levels),
            settings);
    return new LossTerms(loss.total(), loss.named(context.organs(), levels));
  }

  private static TeacherTargets targets(ObjectiveGraph graph, List<Integer> levels) {
    TrainingContext context = graph.context();
    long batch = context.batch();
    long size = context.size();
    long organs = context.organs().size();
    SDVariable margins = graph.pixels(TensorBatch.MARGINS, organs);
    List<FeatureTargets> maps = new ArrayList<>();
    for (int level : levels) {
      long side = size >> level;
      long channels = (long) context.network().baseChannels() << level;
      // How many rows there are differs from step to step.
      maps.add(
          new FeatureTargets(
              graph.input(TensorBatch.index(level), DataType.INT, batch, side, side, organs),
              graph.input(TensorBatch.rows(level), DataType.FLOAT, -1, channels)));
    }
    return new TeacherTargets(margins, maps);
  }
}
