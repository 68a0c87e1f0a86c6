package org.mskd.experiment;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The methods that have a name: MS-KD whole, and with one of its parts taken away. */
public enum Ablation {
  /** The whole method. */
  WHOLE("mskd", "", d -> d),
  /** λ2 = 0: no feature terms. */
  LOGITS("mskd-logits", "featureWeight", d -> d.withFeatureWeight(0)),
  /** λ1 = 0: no background term. */
  NO_BACKGROUND("mskd-no-background", "backgroundWeight", d -> d.withBackgroundWeight(0)),
  /** Every term at every pixel. */
  NO_MASK("mskd-no-mask", "regionMasks", d -> d.withRegions(d.regions().unmasked())),
  /** Features compared channel by channel. */
  NO_SORT("mskd-no-sort", "sortFeatures", d -> d.withFeatures(d.features().unsorted())),
  /** Features before any downsampling. */
  LEVEL_0("mskd-level-0", "featureLevel", atLevel(0)),
  /** Features after one downsampling, the source's choice. */
  LEVEL_1("mskd-level-1", "featureLevel", atLevel(1)),
  /** Features after two downsamplings. */
  LEVEL_2("mskd-level-2", "featureLevel", atLevel(2)),
  /** Features after three downsamplings. */
  LEVEL_3("mskd-level-3", "featureLevel", atLevel(3)),
  /** Features after four downsamplings, the deepest by default. */
  LEVEL_4("mskd-level-4", "featureLevel", atLevel(4));

  private final String methodName;
  private final String element;
  private final UnaryOperator<Distillation> change;

  Ablation(String methodName, String element, UnaryOperator<Distillation> change) {
    this.methodName = methodName;
    this.element = element;
    this.change = change;
  }

  private static UnaryOperator<Distillation> atLevel(int level) {
    return d -> d.withFeatures(d.features().atLevels(List.of(level)));
  }

  /** The name it has in a POM and in the results. */
  public String methodName() {
    return methodName;
  }

  /** The POM's element that it changes; empty for the whole method. */
  public String element() {
    return element;
  }

  /** Whether settings have the change, whatever else was changed. */
  public boolean isIn(Distillation settings) {
    return change.apply(settings).equals(settings);
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
