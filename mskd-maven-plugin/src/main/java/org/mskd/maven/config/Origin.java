package org.mskd.maven.config;

/** Where a value comes from; each overrides the following ones. */
enum Origin {
  /** {@code -Dmskd.epochs=8} on the command line or in {@code .mvn/maven.config}. */
  USER_PROPERTY,
  /** {@code <epochs>8</epochs>} in a POM. */
  ELEMENT,
  /** {@code <mskd.epochs>8</mskd.epochs>} among the properties of a POM or of a profile. */
  PROJECT_PROPERTY;

  boolean overrides(Origin other) {
    return compareTo(other) < 0;
  }
}
