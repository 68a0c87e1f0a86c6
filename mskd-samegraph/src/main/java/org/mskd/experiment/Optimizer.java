package org.mskd.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The update rule of the weights, with its options. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Adam.class, name = "adam"),
  @JsonSubTypes.Type(value = Sgd.class, name = "sgd")
})
public sealed interface Optimizer permits Adam, Sgd {
  /** L2 coefficient: this times a weight is added to its gradient. */
  double weightDecay();

  /**
   * The largest norm of all gradients together; larger ones are scaled down to it. 0 for no limit.
   */
  double gradientClipping();
}
