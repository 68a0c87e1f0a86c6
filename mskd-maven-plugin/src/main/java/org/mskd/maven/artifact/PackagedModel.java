package org.mskd.maven.artifact;

import org.mskd.pipeline.models.ModelName;

/**
 * A model of an experiment as an artifact of the project.
 *
 * @param name the model
 * @param classifier its classifier; empty for the main artifact
 */
public record PackagedModel(ModelName name, String classifier) {
  /** Whether it is the main artifact. */
  public boolean isMain() {
    return classifier.isEmpty();
  }
}
