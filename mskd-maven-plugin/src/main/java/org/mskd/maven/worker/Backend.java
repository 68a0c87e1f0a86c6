package org.mskd.maven.worker;

import java.util.List;
import java.util.Optional;

/**
 * An ND4J backend.
 *
 * @param artifacts the jars asked for by name, the backend's own first; what they need is resolved
 *     with them
 * @param description coordinates as reports name them
 * @param warning what a person should know of the choice, a full sentence
 */
public record Backend(List<Coordinates> artifacts, String description, Optional<String> warning) {
  public Backend {
    artifacts = List.copyOf(artifacts);
  }
}
