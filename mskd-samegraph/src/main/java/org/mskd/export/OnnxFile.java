package org.mskd.export;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import onnx.Onnx;
import org.mskd.architecture.Architecture;
import org.mskd.file.AtomicFile;
import org.mskd.model.Tensor;
import org.mskd.model.WeightShapes;
import org.mskd.problem.BadInputException;

/**
 * A network as an ONNX file: input {@code image [batch, inputChannels, size, size]}, output {@code
 * logits [batch, organs + 1, size, size]}, both 32-bit floats, for any batch. It has operators of
 * the ONNX standard alone. Equal networks and metadata give equal bytes.
 */
public final class OnnxFile {
  /** The version of the standard's operators; ONNX 1.8, of 2020, has it. */
  public static final int OPERATOR_SET = 13;

  private static final int IR_VERSION = 8;

  /** A file is one Protocol Buffers message, which has less than 2 GiB; the rest is not weights. */
  private static final long MOST_PARAMETERS = (2000L << 20) / Float.BYTES;

  private OnnxFile() {}

  /**
   * Writes a file atomically.
   *
   * @param weights by our names and in our shapes
   * @param size side of the input, pixels
   * @param norm how instance normalisation is written
   * @param metadata text by key, for programs that use the file
   * @throws BadInputException if the weights are not those of the architecture or too many for a
   *     file, or the file cannot be written
   */
  public static void write(
      Path file,
      Architecture architecture,
      SortedMap<String, Tensor> weights,
      int size,
      OnnxNorm norm,
      SortedMap<String, String> metadata) {
    Optional<String> objection = new WeightShapes(architecture).objection(weights);
    if (objection.isPresent()) {
      throw new BadInputException(
          "The model cannot be exported: " + objection.get() + ".",
          "Take a fresh copy of it, or train it again.");
    }
    if (architecture.parameterCount() > MOST_PARAMETERS) {
      throw new BadInputException(
          "The network has "
              + architecture.parameterCount()
              + " parameters, and an ONNX file holds at most "
              + MOST_PARAMETERS
              + ".",
          "Choose fewer <baseChannels> or a smaller <depth>.");
    }
    Onnx.ModelProto model = model(architecture, weights, size, norm, new TreeMap<>(metadata));
    AtomicFile.write(file, model::writeTo);
  }

  private static Onnx.ModelProto model(
      Architecture architecture,
      Map<String, Tensor> weights,
      int size,
      OnnxNorm norm,
      SortedMap<String, String> metadata) {
    OnnxGraph graph = new OnnxGraph(architecture.name());
    OnnxNetwork.add(graph, architecture, weights, size, norm);
    Onnx.ModelProto.Builder model =
        Onnx.ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("mskd")
            .setProducerVersion(metadata.getOrDefault(ExportMetadata.VERSION, ""))
            .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
            .setGraph(
                graph.with(
                    OnnxGraph.squares(OnnxNetwork.IMAGE, architecture.inputChannels(), size),
                    OnnxGraph.squares(OnnxNetwork.LOGITS, architecture.organs() + 1, size)));
    metadata.forEach((key, value) -> model.addMetadataPropsBuilder().setKey(key).setValue(value));
    return model.build();
  }
}
