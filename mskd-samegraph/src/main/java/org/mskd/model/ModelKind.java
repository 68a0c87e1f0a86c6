package org.mskd.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The role of a trained network. */
public enum ModelKind {
  /** One organ against background: two outputs. */
  @JsonProperty("teacher")
  TEACHER,
  /** All organs at once: one output for each organ, and background. */
  @JsonProperty("student")
  STUDENT
}
