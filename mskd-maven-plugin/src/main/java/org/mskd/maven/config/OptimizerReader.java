package org.mskd.maven.config;

import org.mskd.experiment.Adam;
import org.mskd.experiment.Optimizer;
import org.mskd.experiment.Sgd;

/** Reads the update rule of the weights and its options. */
final class OptimizerReader {
  private static final String ELEMENT = "optimizer";

  private final Section section;
  private final Optimizer preset;
  private final UnusedOption unused;

  private enum Kind {
    ADAM,
    SGD
  }

  /**
   * @param section the training settings
   * @param preset the values of elements that are not given
   * @param unused refuses options of another optimizer
   */
  OptimizerReader(Section section, Optimizer preset, UnusedOption unused) {
    this.section = section;
    this.preset = preset;
    this.unused = unused;
  }

  Optimizer read() {
    Kind kind = section.oneOf(ELEMENT, preset instanceof Sgd ? Kind.SGD : Kind.ADAM);
    double weightDecay = section.number("weightDecay", preset.weightDecay());
    double gradientClipping = section.number("gradientClipping", preset.gradientClipping());
    boolean amsgrad = amsgrad(kind);
    double momentum = momentum(kind);
    return kind == Kind.SGD
        ? new Sgd(momentum, weightDecay, gradientClipping)
        : new Adam(amsgrad, weightDecay, gradientClipping);
  }

  private boolean amsgrad(Kind kind) {
    if (kind == Kind.SGD) {
      section
          .value("amsgrad")
          .filter(Value::asBoolean)
          .ifPresent(given -> unused.refuse(given, ELEMENT, kind, Kind.ADAM));
    }
    return section.flag("amsgrad", preset instanceof Adam adam && adam.amsgrad());
  }

  private double momentum(Kind kind) {
    double otherwise = preset instanceof Sgd sgd ? sgd.momentum() : Sgd.NNUNET_MOMENTUM;
    if (kind == Kind.ADAM) {
      section
          .value("momentum")
          .filter(given -> given.asDouble() != otherwise)
          .ifPresent(given -> unused.refuse(given, ELEMENT, kind, Kind.SGD));
    }
    return section.number("momentum", otherwise);
  }
}
