package org.mskd.maven.worker;

import java.util.List;

/**
 * An ND4J backend.
 *
 * @param artifacts the jars asked for by name, the backend's own first; what they need is resolved
 *     with them
 * @param description coordinates as reports name them
 */
public record Backend(List<Coordinates> artifacts, String description) {
  public Backend {
    artifacts = List.copyOf(artifacts);
  }
}
