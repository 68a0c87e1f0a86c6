package org.mskd.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * {@code metrics.json}: schema 1, keys sorted, six decimals, no times, no paths, so that equal runs
 * give equal bytes. What is undefined is {@code null}.
 */
public final class MetricsFile {
  private static final long MAXIMUM_BYTES = 256L << 20;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private MetricsFile() {}

  /**
   * Writes the file atomically.
   *
   * @throws BadInputException if the disk is full or the folder cannot be written
   */
  public static void write(Path file, Metrics metrics) {
    AtomicFile.writeText(file, MetricsJson.text(metrics));
  }

  /**
   * Reads what {@link #write} wrote, to six decimals.
   *
   * @throws BadInputException if it cannot be read, or is not such a file
   */
  public static Metrics read(Path file) {
    try {
      if (Files.size(file) > MAXIMUM_BYTES) {
        throw unusable(file, "it has " + Files.size(file) + " bytes", null);
      }
      JsonNode root = MAPPER.readTree(Files.readString(file));
      JsonNode schema = root.path("schema");
      if (!schema.isInt() || schema.intValue() != MetricsJson.SCHEMA) {
        throw unusable(file, "its schema is " + schema + ", and this version reads 1", null);
      }
      List<ModelScore> models = new ArrayList<>();
      root.required("models").forEach(model -> models.add(model(model)));
      return new Metrics(text(root, "testSet"), models);
    } catch (JsonProcessingException e) {
      throw unusable(file, "it is not JSON (" + e.getOriginalMessage() + ")", e);
    } catch (IOException e) {
      throw unusable(file, "it cannot be read (" + e + ")", e);
    } catch (IllegalArgumentException e) {
      throw unusable(file, e.getMessage(), e);
    }
  }

  private static ModelScore model(JsonNode node) {
    SortedMap<String, OrganScore> organs = new TreeMap<>();
    for (Map.Entry<String, JsonNode> organ : node.required("organs").properties()) {
      JsonNode scores = organ.getValue();
      organs.put(
          organ.getKey(),
          new OrganScore(
              summary(scores, "dice"), summary(scores, "hd95Mm"), summary(scores, "assdMm")));
    }
    List<CaseScore> cases = new ArrayList<>();
    for (JsonNode score : node.required("cases")) {
      cases.add(
          new CaseScore(
              text(score, "id"),
              text(score, "organ"),
              number(score, "dice"),
              number(score, "hd95Mm"),
              number(score, "assdMm")));
    }
    JsonNode passes = node.required("passes");
    if (!passes.isInt()) {
      throw new IllegalArgumentException("passes is " + passes);
    }
    return new ModelScore(
        text(node, "name"), passes.intValue(), organs, number(node, "meanDice"), cases);
  }

  private static Summary summary(JsonNode scores, String name) {
    JsonNode summary = scores.required(name);
    return new Summary(number(summary, "mean"), number(summary, "sd"));
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.required(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(name + " is " + value + ", not text");
    }
    return value.textValue();
  }

  private static OptionalDouble number(JsonNode node, String name) {
    JsonNode value = node.required(name);
    if (value.isNull()) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException(name + " is " + value + ", not a number");
    }
    return OptionalDouble.of(value.doubleValue());
  }

  private static BadInputException unusable(Path file, String problem, Throwable cause) {
    return new BadInputException(
        file + " cannot be used: " + problem + ".",
        "Delete it and run mskd:evaluate again.",
        cause);
  }
}
