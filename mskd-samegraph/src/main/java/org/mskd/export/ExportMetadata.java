package org.mskd.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Preprocessing;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;

/**
 * What a program must know to use an exported network, as text by key: the metadata of an ONNX
 * file. Lists and numbers are JSON. {@code docs/export.md} describes the keys. No paths, no times.
 */
public final class ExportMetadata {
  /** The key of the version that wrote the file. */
  static final String VERSION = "mskd.version";

  /** The volume's axes, as those of a NIfTI file with an affine of this orientation. */
  private static final String AXES =
      "RAS: a slice's columns run from left to right of the patient, its rows from back to front,"
          + " slices from feet to head";

  private ExportMetadata() {}

  /**
   * The metadata of a model.
   *
   * @param name of the exported file, without its ending
   * @param digest SHA-256 of the model's archive
   * @param version of mskd
   */
  public static SortedMap<String, String> of(
      Model model, String name, String digest, String version) {
    ModelCard card = model.card();
    Preprocessing preprocessing = card.preprocessing();
    List<String> classes = new ArrayList<>(List.of("background"));
    classes.addAll(card.organs());
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put(VERSION, version);
    metadata.put("mskd.name", name);
    metadata.put("mskd.kind", card.kind().name().toLowerCase(Locale.ROOT));
    metadata.put("mskd.method", card.provenance().getOrDefault("method", ""));
    metadata.put("mskd.architecture", card.architecture().name());
    metadata.put("mskd.seed", Long.toString(card.seed()));
    metadata.put("mskd.classes", ExperimentJson.write(classes));
    metadata.put(
        "mskd.window",
        ExperimentJson.write(List.of(preprocessing.windowLow(), preprocessing.windowHigh())));
    metadata.put("mskd.targetSpacing", ExperimentJson.write(preprocessing.targetSpacing()));
    metadata.put("mskd.sliceSize", Integer.toString(preprocessing.sliceSize()));
    metadata.put("mskd.inputSize", Integer.toString(card.inputSize()));
    Neighbours neighbours = card.network().neighbours();
    if (!neighbours.none()) {
      metadata.put("mskd.neighbours", Integer.toString(neighbours.perSide()));
      metadata.put("mskd.neighbourDistance", Double.toString(neighbours.distance()));
    }
    metadata.put("mskd.axes", AXES);
    metadata.put("mskd.modelSha256", digest);
    metadata.put("mskd.weightsSha256", model.digest());
    return metadata;
  }
}
