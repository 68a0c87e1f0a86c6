package org.mskd.pipeline.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.Preparer;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.problem.BadInputException;

/**
 * Checks that no folder of images is declared for two sources: its images would count twice in a
 * student's batches. Two single-organ data sets may share a folder, since their labels differ.
 */
final class DeclaredFolders {
  private DeclaredFolders() {}

  /**
   * @throws BadInputException naming the element, or both sources
   */
  static void check(Experiment experiment) {
    Map<Path, String> images = new HashMap<>();
    for (DatasetSource source : experiment.datasets()) {
      Preparer.requireOwnFolder("organ", source.organ());
      images.put(real(source.directory().resolve("imagesTr")), "the <dataset> " + source.organ());
    }
    for (MultiOrganSource source : experiment.multiOrgan()) {
      Preparer.requireOwnFolder("name", source.name());
      source
          .images()
          .forEach(folder -> images.putIfAbsent(real(folder), "the <dataset> " + source.name()));
    }
    for (UnlabelledSource source : experiment.unlabelled()) {
      Preparer.requireOwnFolder("name", source.name());
      Path folder = DatasetFolder.imagesIn(source.directory());
      String other = images.put(real(folder), "the <images> " + source.name());
      if (other != null) {
        throw new BadInputException(
            folder
                + " is declared twice: the <images> "
                + source.name()
                + " are those of "
                + other
                + ".",
            "Leave out these <images>: the student learns from every source that is declared.");
      }
    }
  }

  /** The path without links if the folder exists; folders of phantoms may not exist yet. */
  private static Path real(Path folder) {
    try {
      return Files.exists(folder) ? folder.toRealPath() : folder.toAbsolutePath().normalize();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
