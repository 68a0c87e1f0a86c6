package org.mskd.maven.worker;

import java.util.List;
import java.util.Optional;

/**
 * An ND4J backend.
 *
 * @param artifacts the named jars, the backend's own first; their dependencies are resolved with
 *     them
 * @param description coordinates for reports
 * @param warning a warning about the choice, a full sentence
 */
public record Backend(List<Coordinates> artifacts, String description, Optional<String> warning) {
  public Backend {
    artifacts = List.copyOf(artifacts);
  }
}
