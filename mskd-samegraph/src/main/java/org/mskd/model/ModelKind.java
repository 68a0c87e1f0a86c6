package org.mskd.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a network was trained to be. */
public enum ModelKind {
  /** One organ against background: two outputs. */
  @JsonProperty("teacher")
  TEACHER,
  /** All organs at once: one output an organ, and background. */
  @JsonProperty("student")
  STUDENT
}
