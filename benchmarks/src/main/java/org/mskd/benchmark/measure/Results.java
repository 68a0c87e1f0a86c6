package org.mskd.benchmark.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Figures and texts by name, as one JVM passes them to another. */
public final class Results {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final SortedMap<String, Double> numbers = new TreeMap<>();
  private final SortedMap<String, String> texts = new TreeMap<>();

  /** Adds a figure; its name ends in its unit. */
  public void put(String name, double value) {
    numbers.put(name, value);
  }

  /** Adds a text. */
  public void put(String name, String text) {
    texts.put(name, text);
  }

  /**
   * A figure.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public double number(String name) {
    Double value = numbers.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no figure " + name + " among " + numbers.keySet());
    }
    return value;
  }

  /** All figures. */
  public SortedMap<String, Double> numbers() {
    return Collections.unmodifiableSortedMap(numbers);
  }

  /** All texts. */
  public SortedMap<String, String> texts() {
    return Collections.unmodifiableSortedMap(texts);
  }

  /** Writes them as one JSON object. */
  public void write(Path file) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    numbers.forEach(node::put);
    texts.forEach(node::put);
    JSON.writeValue(file.toFile(), node);
  }

  /** Reads what {@link #write} wrote. */
  public static Results read(Path file) throws IOException {
    Results results = new Results();
    Iterator<Map.Entry<String, JsonNode>> fields = JSON.readTree(file.toFile()).fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (field.getValue().isNumber()) {
        results.put(field.getKey(), field.getValue().doubleValue());
      } else {
        results.put(field.getKey(), field.getValue().textValue());
      }
    }
    return results;
  }
}
