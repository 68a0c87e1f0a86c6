package org.mskd.maven.config;

import java.util.Optional;

/**
 * The parameters of the goal {@code package}.
 *
 * @param mainModel the model that is the main artifact, as the user names it; empty for the first
 * @param attachReport whether the report is an artifact too
 */
public record PackageSettings(Optional<String> mainModel, boolean attachReport) {
  /** The parameters in a configuration. */
  public static PackageSettings of(Section root) {
    return new PackageSettings(
        root.value("mainModel").map(Value::text), root.flag("attachReport", false));
  }
}
