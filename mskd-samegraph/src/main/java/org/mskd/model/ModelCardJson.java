package org.mskd.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.mskd.architecture.UNet2d;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Neighbours;

/**
 * The JSON form of a card: the fields of {@link ModelCardDocument} and {@code "schema":1}, keys
 * sorted. Cards of schema 1 from earlier versions lack some fields, which get the values that those
 * versions used.
 */
final class ModelCardJson {
  static final int SCHEMA = 1;

  private ModelCardJson() {}

  static byte[] write(ModelCard card) {
    return (ExperimentJson.write(tree(card)) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The document as maps, lists, text, numbers and truth values. */
  static Map<String, Object> tree(ModelCard card) {
    Map<String, Object> document = ExperimentJson.plain(ModelCardDocument.of(card));
    document.put("schema", SCHEMA);
    if (card.publication().isEmpty()) {
      document.remove("publication"); // as in cards of models that are not packaged
    }
    return document;
  }

  /**
   * @param source the archive's name, for messages
   * @throws org.mskd.problem.BadInputException if the text is not a card of this schema
   */
  static ModelCard read(byte[] text, String source) {
    try {
      JsonNode root = StrictJson.MAPPER.readTree(new String(text, StandardCharsets.UTF_8));
      JsonNode schema = root.path("schema");
      if (!schema.isInt() || schema.intValue() != SCHEMA) {
        throw UnreadableModel.because(
            source, "its model.json has schema " + schema + " and this version reads " + SCHEMA);
      }
      ObjectNode card = (ObjectNode) root;
      card.remove("schema");
      addDefaults(card);
      return ExperimentJson.read(root.toString(), ModelCardDocument.class).card();
    } catch (JsonProcessingException e) {
      throw UnreadableModel.because(source, "its model.json: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw UnreadableModel.because(source, "its model.json: " + reason(e), e);
    }
  }

  /** Adds the fields that cards of earlier versions lack. */
  private static void addDefaults(ObjectNode card) {
    if (!card.has("inputSize")) {
      card.put("inputSize", card.path("preprocessing").path("sliceSize").asInt());
    }
    if (!card.has("architecture")) {
      card.put("architecture", UNet2d.NAME);
      card.put("inputChannels", Neighbours.NONE.channels());
      card.put("outputs", card.path("organs").size() + 1);
      card.put("passes", 1);
    }
  }

  /** The message of the innermost failure, after the field it concerns where that is known. */
  private static String reason(Throwable thrown) {
    String field = "";
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
      if (cause instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
        String name = mapping.getPath().get(mapping.getPath().size() - 1).getFieldName();
        field = name == null ? "" : name + ": ";
      }
    }
    return field
        + (cause instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : cause.getMessage());
  }
}
