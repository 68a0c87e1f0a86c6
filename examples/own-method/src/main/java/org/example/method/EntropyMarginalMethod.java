package org.example.method;

import java.util.ArrayList;
import java.util.List;
import org.mskd.loss.LossTerm;
import org.mskd.method.GraphTrainer;
import org.mskd.method.LossTerms;
import org.mskd.method.MarginalObjective;
import org.mskd.method.Objective;
import org.mskd.method.ObjectiveGraph;
import org.mskd.method.Requirements;
import org.mskd.method.TrainingContext;
import org.mskd.method.TrainingMethod;
import org.mskd.option.Option;
import org.mskd.option.OptionValues;
import org.mskd.training.Trainer;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The marginal loss, and entropy minimisation (Grandvalet and Bengio, NIPS 2004) for the organs that
 * a data set does not annotate: of all predictions that agree with the annotations, confident ones
 * are preferred. With p the softmax over K+1 channels:
 *
 * <pre>L = marginal + weight · (1/N) Σ_i Σ_c -p_ic log p_ic</pre>
 */
public final class EntropyMarginalMethod implements TrainingMethod {
  private static final Option<Double> ENTROPY_WEIGHT =
      Option.number("entropyWeight", 0.1, 0, "weight of the mean entropy of the predictions");

  @Override
  public String id() {
    return "entropy-marginal";
  }

  @Override
  public String description() {
    return "marginal loss and entropy minimisation on the labels of each data set";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(ENTROPY_WEIGHT);
  }

  @Override
  public Requirements requires(OptionValues options) {
    return Requirements.annotated();
  }

  @Override
  public Trainer trainer(TrainingContext context, OptionValues options) {
    List<Objective> objectives = new ArrayList<>(List.of(new MarginalObjective("", 1)));
    double weight = options.get(ENTROPY_WEIGHT);
    if (weight > 0) {
      objectives.add(graph -> entropy(graph, weight));
    }
    return GraphTrainer.of(context, objectives);
  }

  /** Made of SameDiff's own operations, which differentiate it. */
  private static LossTerms entropy(ObjectiveGraph graph, double weight) {
    SDVariable logits = graph.logits();
    SDVariable shifted = logits.sub(logits.max(true, 3));
    SDVariable exponentials = graph.graph().math().exp(shifted);
    SDVariable sum = exponentials.sum(true, 3);
    SDVariable logProbability = shifted.sub(graph.graph().math().log(sum));
    SDVariable entropy = exponentials.div(sum).mul(logProbability).neg().sum(3).mean();
    SDVariable term = entropy.rename("entropy");
    return new LossTerms(term.mul(weight), List.of(new LossTerm("entropy", term, 0)));
  }
}
