package org.mskd.report.content;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.mskd.evaluation.CaseScore;
import org.mskd.evaluation.ModelScore;

/** The Dice of single cases. */
public final class CaseMeans {
  private CaseMeans() {}

  /** The Dice of an organ in a case; empty where it is undefined. */
  public static OptionalDouble of(ModelScore model, String caseId, String organ) {
    return model.cases().stream()
        .filter(score -> score.id().equals(caseId) && score.organ().equals(organ))
        .map(CaseScore::dice)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  /** The mean over the organs that the case has. */
  public static OptionalDouble of(ModelScore model, String caseId, List<String> organs) {
    return organs.stream()
        .map(organ -> of(model, caseId, organ))
        .flatMapToDouble(
            dice -> dice.isPresent() ? DoubleStream.of(dice.getAsDouble()) : DoubleStream.empty())
        .average();
  }
}
