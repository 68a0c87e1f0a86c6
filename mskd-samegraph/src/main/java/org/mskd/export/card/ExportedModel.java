package org.mskd.export.card;

import java.util.List;
import java.util.Optional;
import org.mskd.export.CheckResult;
import org.mskd.model.ModelCard;

/**
 * An exported network, as its model card describes it.
 *
 * @param name of the model
 * @param card of the model
 * @param file name of the ONNX file, relative to the folder of the card
 * @param bytes length of the file
 * @param sha256 of the file
 * @param modelSha256 of the model's archive
 * @param sets what it was trained on; empty if that is not known
 * @param phantoms whether all scans of its training are phantoms
 * @param scores on the test set; empty if there are none of this model
 * @param check in ONNX Runtime; empty if it was not checked
 */
public record ExportedModel(
    String name,
    ModelCard card,
    String file,
    long bytes,
    String sha256,
    String modelSha256,
    List<TrainingSet> sets,
    boolean phantoms,
    Optional<CardScores> scores,
    Optional<CheckResult> check) {
  public ExportedModel {
    sets = List.copyOf(sets);
  }
}
