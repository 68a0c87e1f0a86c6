package org.mskd.method;

import java.util.List;
import org.mskd.loss.LossTerm;
import org.mskd.loss.SoftTargetLoss;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link SoftTargetLoss} from the merged teachers, over all pixels: {@code KL(t ‖ softmax(z / T))},
 * t as {@link MergedTeacherTargets} adds them.
 *
 * @param term the name of the term
 * @param view the image whose prediction is compared, by the name of its tensor
 * @param temperature T of the student's logits
 * @param weight above 0
 */
record MergedTeacherObjective(String term, String view, double temperature, double weight)
    implements Objective {
  @Override
  public LossTerms add(ObjectiveGraph graph) {
    TrainingContext context = graph.context();
    long batch = context.batch();
    long size = context.size();
    SDVariable targets = graph.pixels(MergedTeacherTargets.PROBABILITIES, context.outputs());
    SDVariable everyPixel = graph.graph().constant(Nd4j.ones(DataType.FLOAT, batch, size, size));
    SoftTargetLoss loss =
        SoftTargetLoss.of(graph.graph(), graph.logits(view), targets, everyPixel, temperature);
    return new LossTerms(loss.total().mul(weight), List.of(new LossTerm(term, loss.terms(), 0)));
  }
}
