package org.mskd.publication;

import java.nio.file.Path;
import java.util.Optional;
import org.mskd.model.ModelArchive;
import org.mskd.model.Publication;
import org.mskd.model.PublishedSet;

/** A model as a package: a copy whose card has a publication, with the same weights. */
public final class PublishedModel {
  private PublishedModel() {}

  /**
   * Writes the package atomically. Equal models and publications give equal bytes. Names of data
   * sets that the publication does not name are replaced by numbers in the card.
   *
   * @param model the archive of one model
   * @throws org.mskd.problem.BadInputException if the model cannot be read, or the target not be
   *     written
   */
  public static void write(Path model, Publication publication, Path target) {
    SetNames names =
        new SetNames(
            publication.sets().stream().map(PublishedSet::name).flatMap(Optional::stream).toList());
    ModelArchive.copy(model, card -> card.published(publication, names.provenance(card)), target);
  }
}
