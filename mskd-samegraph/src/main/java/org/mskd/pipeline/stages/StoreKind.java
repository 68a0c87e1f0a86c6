package org.mskd.pipeline.stages;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Method;
import org.mskd.targets.TargetLayout;

/**
 * What a method needs to know of the teachers; methods that need the same share a store. Weights,
 * temperature and how regions overlap change nothing in it.
 *
 * @param features those that are compared; empty for logits alone
 * @param masked whether features count in the teachers' regions only; true without features
 */
public record StoreKind(Optional<FeatureTerms> features, boolean masked) {
  public static StoreKind of(Distillation loss) {
    return loss.usesFeatures()
        ? new StoreKind(Optional.of(loss.features()), loss.regions().masks())
        : new StoreKind(Optional.empty(), true);
  }

  /** What the methods need that are trained, each once, in their order. */
  public static List<StoreKind> of(List<Method> methods) {
    return methods.stream().map(method -> of(method.distillation())).distinct().toList();
  }

  /** Such as {@code logits}, {@code encoder-1-sorted}, {@code decoder-0-2-everywhere}. */
  String name() {
    if (features.isEmpty()) {
      return "logits";
    }
    FeatureTerms terms = features.get();
    return terms.source().name().toLowerCase(Locale.ROOT)
        + terms.levels().stream().map(level -> "-" + level).collect(Collectors.joining())
        + (terms.sorted() ? "-sorted" : "")
        + (masked ? "" : "-everywhere");
  }

  /** What is kept of each slice. */
  TargetLayout layout(Experiment experiment) {
    return new TargetLayout(
        experiment.inputSize(),
        experiment.organs().size(),
        features,
        experiment.network().baseChannels(),
        masked);
  }
}
