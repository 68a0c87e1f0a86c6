package org.mskd.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.mskd.experiment.ExperimentJson;

/** The JSON form of a card: its components and {@code "schema":1}, keys sorted. */
final class ModelCardJson {
  static final int SCHEMA = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ModelCardJson() {}

  static byte[] write(ModelCard card) {
    Map<String, Object> document = new TreeMap<>();
    document.put("schema", SCHEMA);
    document.put("kind", card.kind());
    document.put("network", card.network());
    document.put("organs", card.organs());
    document.put("preprocessing", card.preprocessing());
    document.put("inputSize", card.inputSize());
    document.put("seed", card.seed());
    document.put("provenance", card.provenance());
    document.put("subjects", card.subjects());
    return (ExperimentJson.write(document) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param source the archive's name, for messages
   * @throws org.mskd.problem.BadInputException if the text is not a card of this schema
   */
  static ModelCard read(byte[] text, String source) {
    try {
      JsonNode root = MAPPER.readTree(new String(text, StandardCharsets.UTF_8));
      JsonNode schema = root.path("schema");
      if (!schema.isInt() || schema.intValue() != SCHEMA) {
        throw UnreadableModel.because(
            source, "its model.json has schema " + schema + " and this version reads " + SCHEMA);
      }
      ObjectNode card = (ObjectNode) root;
      card.remove("schema");
      if (!card.has("inputSize")) {
        // Written before there were patches: the network saw whole slices.
        card.put("inputSize", card.path("preprocessing").path("sliceSize").asInt());
      }
      return ExperimentJson.read(root.toString(), ModelCard.class);
    } catch (JsonProcessingException e) {
      throw UnreadableModel.because(source, "its model.json: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw UnreadableModel.because(source, "its model.json: " + reason(e), e);
    }
  }

  /** What the innermost failure says, after the field it concerns where that is known. */
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
