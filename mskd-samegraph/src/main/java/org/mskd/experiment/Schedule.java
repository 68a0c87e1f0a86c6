package org.mskd.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How the learning rate changes during a training, after its warm-up if it has one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Plateau.class, name = "plateau"),
  @JsonSubTypes.Type(value = Schedule.Polynomial.class, name = "polynomial"),
  @JsonSubTypes.Type(value = Schedule.Cosine.class, name = "cosine")
})
public sealed interface Schedule permits Plateau, Schedule.Polynomial, Schedule.Cosine {
  /** Whether the rates of the first iterations depend on how many follow. */
  default boolean dependsOnLength() {
    return true;
  }

  /** Polynomial decay to 0 with the exponent 0.9, as in nnU-Net v2. */
  record Polynomial() implements Schedule {}

  /** Half a cosine, to 0: SGDR (Loshchilov and Hutter, 2017) without restarts. */
  record Cosine() implements Schedule {}
}
