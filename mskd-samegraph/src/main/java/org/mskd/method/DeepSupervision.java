package org.mskd.method;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mskd.loss.LossTerm;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;

/**
 * Deep supervision (Lee et al., <i>Deeply-supervised nets</i>, arXiv 1409.5185) as in nnU-Net: in
 * training coarser decoder blocks have outputs of their own, 1x1 convolutions, and losses on
 * targets of their grid ({@link CoarserMaps}). Level l has half the weight of level l - 1, and the
 * weights add up to 1. The coarsest decoder block, of level depth - 1, has no output, so that with
 * a depth below 3 there is none but the network's. The parameters of these outputs are in
 * checkpoints, and in no model.
 *
 * @param finest at the network's own output
 * @param coarser at each of the others; must not use features or tasks
 */
public record DeepSupervision(Objective finest, Objective coarser) implements Objective {
  /** Ends the names of a coarser level's terms, before its number. */
  private static final String SUFFIX = ".output";

  /** An objective with auxiliary outputs where the context asks for them, else as it is. */
  public static Objective of(TrainingContext context, Objective objective) {
    return levels(context) == 1 ? objective : new DeepSupervision(objective, objective);
  }

  /** How many levels have an output. */
  static int levels(TrainingContext context) {
    return context.deepSupervision() ? Math.max(1, context.network().depth() - 1) : 1;
  }

  /**
   * The weight of a level's loss: 2^-l over the sum of all.
   *
   * @param levels that have an output
   */
  static double weight(int level, int levels) {
    return 1 / ((2 - Math.scalb(1.0, 1 - levels)) * (1 << level));
  }

  @Override
  public LossTerms add(ObjectiveGraph graph) {
    int levels = levels(graph.context());
    SDVariable total = null;
    List<LossTerm> terms = new ArrayList<>();
    // Objectives name their variables: those of a coarser level give the names back.
    for (int level = levels - 1; level >= 0; level--) {
      Set<String> known = new HashSet<>(graph.graph().variableMap().keySet());
      LossTerms loss = level == 0 ? finest.add(graph) : coarser.add(graph.coarser(level));
      SDVariable weighted = loss.total().mul(weight(level, levels));
      total = total == null ? weighted : total.add(weighted);
      int output = level;
      loss.terms().forEach(term -> terms.add(output == 0 ? term : ofLevel(term, output)));
      if (level > 0) {
        rename(graph.graph(), known, level);
      }
    }
    return new LossTerms(total, terms);
  }

  private static LossTerm ofLevel(LossTerm term, int level) {
    return new LossTerm(term.name() + SUFFIX + level, term.variable(), term.element());
  }

  private static void rename(SameDiff graph, Set<String> known, int level) {
    for (SDVariable variable : List.copyOf(graph.variables())) {
      if (variable.getVariableType() == VariableType.ARRAY && !known.contains(variable.name())) {
        variable.rename(variable.name() + SUFFIX + level);
      }
    }
  }
}
