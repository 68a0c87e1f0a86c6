package org.mskd.pipeline.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mskd.dataset.SliceSource;
import org.mskd.export.card.CardScores;
import org.mskd.export.card.TrainingSet;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.pipeline.models.ModelName;

/** Where models come from, and what is known about them there. */
interface ExportSource {
  /** The folder of the exported files. */
  Path folder();

  /** The models, at least one. */
  List<ModelName> models();

  /**
   * Reads a model.
   *
   * @throws org.mskd.problem.BadInputException if it is damaged
   */
  Model read(ModelName name);

  /** A model's archive. */
  Path archive(ModelName name);

  /**
   * Real slices that networks are checked on; empty if there are none.
   *
   * @throws org.mskd.problem.BadInputException if they cannot be read
   */
  List<SliceSource> slices(ModelCard card);

  /** The data sets that a model was trained on; empty if they are not known. */
  List<TrainingSet> sets(ModelCard card);

  /** Whether all scans of the training are phantoms. */
  boolean phantoms();

  /** The scores of a model; empty if it was not evaluated, or another one was. */
  Optional<CardScores> scores(ModelName name);

  /** What a user should know about the models before they are exported: full sentences. */
  List<String> warnings();
}
