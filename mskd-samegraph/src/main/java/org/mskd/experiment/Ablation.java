package org.mskd.experiment;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The methods that have a name: MS-KD whole, and with one of its parts taken away. */
public enum Ablation {
  /** The whole method. */
  WHOLE("mskd", d -> d),
  /** λ2 = 0: no feature terms. */
  LOGITS("mskd-logits", d -> d.withFeatureWeight(0)),
  /** λ1 = 0: no background term. */
  NO_BACKGROUND("mskd-no-background", d -> d.withBackgroundWeight(0)),
  /** Every term at every pixel. */
  NO_MASK("mskd-no-mask", d -> d.withRegions(d.regions().unmasked())),
  /** Features compared channel by channel. */
  NO_SORT("mskd-no-sort", d -> d.withFeatures(d.features().unsorted())),
  /** Features before any downsampling. */
  LEVEL_0("mskd-level-0", atLevel(0)),
  /** Features after one downsampling, the source's choice. */
  LEVEL_1("mskd-level-1", atLevel(1)),
  /** Features after two downsamplings. */
  LEVEL_2("mskd-level-2", atLevel(2)),
  /** Features after three downsamplings. */
  LEVEL_3("mskd-level-3", atLevel(3)),
  /** Features after four downsamplings, the deepest by default. */
  LEVEL_4("mskd-level-4", atLevel(4));

  private final String methodName;
  private final UnaryOperator<Distillation> change;

  Ablation(String methodName, UnaryOperator<Distillation> change) {
    this.methodName = methodName;
    this.change = change;
  }

  private static UnaryOperator<Distillation> atLevel(int level) {
    return d -> d.withFeatures(d.features().atLevels(List.of(level)));
  }

  /** The name it has in a POM and in the results. */
  public String methodName() {
    return methodName;
  }

  /** The whole method's settings with the part taken away. */
  public Distillation of(Distillation whole) {
    return change.apply(whole);
  }

  /** The one of a name. */
  public static Optional<Ablation> named(String name) {
    return List.of(values()).stream().filter(a -> a.methodName.equals(name)).findFirst();
  }
}
