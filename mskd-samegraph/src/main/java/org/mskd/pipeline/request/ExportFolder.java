package org.mskd.pipeline.request;

import java.nio.file.Path;

/**
 * The folder of {@code mskd:export} in an output directory. It is not one of {@link
 * ExperimentFolders}, whose code is an input of every stage, since no stage writes there.
 */
public final class ExportFolder {
  private static final String NAME = "export";

  private ExportFolder() {}

  /** Its path. */
  public static Path in(Path outputDirectory) {
    return outputDirectory.resolve(NAME);
  }

  /** Whether this is the name of the folder. */
  public static boolean isNamed(String name) {
    return name.equals(NAME);
  }
}
