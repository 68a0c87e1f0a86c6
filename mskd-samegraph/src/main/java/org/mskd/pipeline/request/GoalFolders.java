package org.mskd.pipeline.request;

import java.nio.file.Path;
import java.util.Set;

/**
 * Folders in the output directory that goals write, and no stage. They are not in {@link
 * ExperimentFolders}, whose code is an input of every stage.
 */
public final class GoalFolders {
  private static final String EXPORT = "export";
  private static final String REPORT = "report";

  private GoalFolders() {}

  /** The folder of {@code mskd:export}. */
  public static Path export(Path outputDirectory) {
    return outputDirectory.resolve(EXPORT);
  }

  /** The folder of the report. */
  public static Path report(Path outputDirectory) {
    return outputDirectory.resolve(REPORT);
  }

  /** The first page of the report. */
  public static Path reportPage(Path outputDirectory) {
    return report(outputDirectory).resolve("index.html");
  }

  /** Whether this is the name of such a folder. */
  public static boolean isNamed(String name) {
    return Set.of(EXPORT, REPORT).contains(name);
  }
}
