package org.mskd.maven.worker;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.aether.artifact.Artifact;

/**
 * Decides which dependencies of a backend belong on the class path. Natives for other platforms do
 * not. Natives that ND4J's profiles add do not either, if others of the same library are named
 * explicitly.
 */
final class ClasspathFilter {
  private final Platform platform;
  private final Set<String> wanted = new HashSet<>();
  private final Set<String> chosenLibraries = new HashSet<>();

  ClasspathFilter(Platform platform, List<Coordinates> artifacts) {
    this.platform = platform;
    for (Coordinates one : artifacts) {
      wanted.add(key(one.groupId(), one.artifactId(), one.classifier()));
      if (!one.classifier().isEmpty()) {
        chosenLibraries.add(one.groupId() + ":" + one.artifactId());
      }
    }
  }

  boolean accepts(Artifact artifact) {
    String classifier = artifact.getClassifier();
    if (wanted.contains(key(artifact.getGroupId(), artifact.getArtifactId(), classifier))) {
      return true;
    }
    if (!Platform.isPlatform(classifier)) {
      return true;
    }
    return platform.covers(classifier)
        && !chosenLibraries.contains(artifact.getGroupId() + ":" + artifact.getArtifactId());
  }

  private static String key(String groupId, String artifactId, String classifier) {
    return groupId + ":" + artifactId + ":" + classifier;
  }
}
