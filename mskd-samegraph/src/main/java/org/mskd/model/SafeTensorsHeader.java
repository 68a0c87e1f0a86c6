package org.mskd.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The JSON part of a safetensors file.
 *
 * @param entries in the order of their data, which they cover without gap or overlap
 * @param metadata free text by key
 */
record SafeTensorsHeader(List<Entry> entries, SortedMap<String, String> metadata) {
  static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;

  /** One tensor: bytes {@code begin} (inclusive) to {@code end} (exclusive) of the data part. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(String name, long[] shape, long begin, long end) {
    int elements() {
      return (int) ((end - begin) / Float.BYTES);
    }
  }

  /** Assigns consecutive data ranges to tensors. */
  static SafeTensorsHeader of(List<Tensor> tensors, Map<String, String> metadata) {
    List<Entry> entries = new ArrayList<>();
    long offset = 0;
    for (Tensor tensor : tensors) {
      long end = offset + (long) Float.BYTES * tensor.values().length;
      entries.add(new Entry(tensor.name(), tensor.shape(), offset, end));
      offset = end;
    }
    return new SafeTensorsHeader(entries, new TreeMap<>(metadata));
  }

  /** UTF-8 JSON, padded with spaces so that the data begin at a multiple of 8 bytes. */
  byte[] bytes() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = StrictJson.MAPPER.createGenerator(text)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectField(METADATA, metadata);
      }
      for (Entry entry : entries) {
        json.writeObjectFieldStart(entry.name());
        json.writeStringField("dtype", "F32");
        json.writeFieldName("shape");
        json.writeArray(entry.shape(), 0, entry.shape().length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {entry.begin(), entry.end()}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (bytes.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] result = Arrays.copyOf(bytes, padded);
    Arrays.fill(result, bytes.length, padded, (byte) ' ');
    return result;
  }

  /**
   * Reads and checks a header.
   *
   * @param dataLength bytes that follow the header, all of which the tensors must cover
   * @param source the file's name, for messages
   * @throws org.mskd.problem.BadInputException if it violates the format
   */
  static SafeTensorsHeader parse(byte[] bytes, long dataLength, String source) {
    JsonNode root = tree(bytes, source);
    List<Entry> entries = new ArrayList<>();
    SortedMap<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals(METADATA)) {
        entries.add(entry(field.getKey(), field.getValue(), source));
        continue;
      }
      require(field.getValue().isObject(), source, METADATA + " is not an object");
      for (Map.Entry<String, JsonNode> item : field.getValue().properties()) {
        require(item.getValue().isTextual(), source, METADATA + " holds more than text");
        metadata.put(item.getKey(), item.getValue().textValue());
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    for (Entry entry : entries) {
      require(
          entry.begin() == covered,
          source,
          "tensor " + entry.name() + " begins at byte " + entry.begin() + ", not at " + covered);
      covered = entry.end();
    }
    require(
        covered == dataLength,
        source,
        "its tensors cover " + covered + " bytes, but it holds " + dataLength);
    return new SafeTensorsHeader(entries, metadata);
  }

  private static JsonNode tree(byte[] bytes, String source) {
    require(bytes.length > 0 && bytes[0] == '{', source, "its header is not a JSON object");
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return StrictJson.MAPPER.readTree(text);
    } catch (CharacterCodingException e) {
      throw UnreadableModel.because(source, "its header is not UTF-8 text", e);
    } catch (JsonProcessingException e) {
      throw UnreadableModel.because(source, "its header: " + e.getOriginalMessage(), e);
    }
  }

  private static Entry entry(String name, JsonNode node, String source) {
    String where = "tensor " + name;
    require(!name.isEmpty(), source, "a tensor has no name");
    require(
        node.isObject()
            && node.size() == 3
            && node.path("dtype").isTextual()
            && node.path("shape").isArray()
            && node.path("data_offsets").isArray(),
        source,
        where + " is not described by dtype, shape and data_offsets");
    String type = node.get("dtype").textValue();
    require(type.equals("F32"), source, where + " is of dtype " + type + ", not F32");
    long[] shape = wholeNumbers(node.get("shape"), source, where + "'s shape");
    long[] offsets = wholeNumbers(node.get("data_offsets"), source, where + "'s data_offsets");
    require(
        offsets.length == 2 && offsets[0] <= offsets[1],
        source,
        where + "'s data_offsets are " + Arrays.toString(offsets));
    long elements = elements(shape, source, where);
    require(
        elements <= Integer.MAX_VALUE - 8
            && elements * Float.BYTES == Math.subtractExact(offsets[1], offsets[0]),
        source,
        where + " has shape " + Arrays.toString(shape) + " in " + (offsets[1] - offsets[0]) + " B");
    return new Entry(name, shape, offsets[0], offsets[1]);
  }

  private static long elements(long[] shape, String source, String where) {
    try {
      return Tensor.elements(shape);
    } catch (IllegalArgumentException e) {
      throw UnreadableModel.because(source, where + " has an " + e.getMessage(), e);
    }
  }

  private static long[] wholeNumbers(JsonNode array, String source, String where) {
    long[] numbers = new long[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode item = array.get(i);
      require(
          item.isIntegralNumber() && item.canConvertToLong() && item.longValue() >= 0,
          source,
          where + " holds " + item);
      numbers[i] = item.longValue();
    }
    return numbers;
  }

  private static void require(boolean condition, String source, String problem) {
    if (!condition) {
      throw UnreadableModel.because(source, problem);
    }
  }
}
