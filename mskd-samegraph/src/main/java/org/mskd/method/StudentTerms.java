package org.mskd.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.experiment.Distillation;
import org.mskd.loss.MskdLoss;
import org.mskd.training.StepResult;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The student's loss as numbers with names: {@code logit.ORGAN}, {@code logit.background}, {@code
 * feature.ORGAN.levelN}, {@code label.crossEntropy} and {@code label.diceLoss}, each without its
 * weight, and their weighted sum.
 */
final class StudentTerms {
  private final List<String> organs;
  private final List<Integer> levels;
  private final Distillation weights;
  private final String logitTerms;
  private final List<String> featureTerms;
  private final List<String> labelTerms;

  /**
   * @param levels of the feature terms; empty for none
   */
  StudentTerms(List<String> organs, List<Integer> levels, Distillation weights, MskdLoss loss) {
    this.organs = List.copyOf(organs);
    this.levels = List.copyOf(levels);
    this.weights = weights;
    this.logitTerms = loss.logitTerms().name();
    this.featureTerms = loss.featureTerms().stream().map(SDVariable::name).toList();
    this.labelTerms = loss.labelTerms().stream().map(SDVariable::name).toList();
  }

  /** The graph's variables that {@link #read} needs. */
  List<String> variables() {
    List<String> variables = new ArrayList<>(List.of(logitTerms));
    variables.addAll(featureTerms);
    variables.addAll(labelTerms);
    return variables;
  }

  /** Names the terms of a step. */
  StepResult read(Map<String, INDArray> outputs) {
    Map<String, Double> terms = new TreeMap<>();
    INDArray logits = outputs.get(logitTerms);
    double total = 0;
    for (int k = 0; k < organs.size(); k++) {
      double organ = logits.getDouble(k);
      terms.put("logit." + organs.get(k), organ);
      for (int i = 0; i < levels.size(); i++) {
        double feature = outputs.get(featureTerms.get(i)).getDouble(k);
        terms.put("feature." + organs.get(k) + ".level" + levels.get(i), feature);
        organ += weights.featureWeight() * feature;
      }
      total += organ;
    }
    double background = logits.getDouble(organs.size());
    terms.put("logit.background", background);
    total += weights.backgroundWeight() * background;
    for (String name : labelTerms) {
      double crossEntropy = outputs.get(name).getDouble(0);
      double diceLoss = outputs.get(name).getDouble(1);
      terms.put("label.crossEntropy", crossEntropy);
      terms.put("label.diceLoss", diceLoss);
      total += weights.labelWeight() * (crossEntropy + diceLoss);
    }
    return new StepResult(total, terms);
  }
}
