package org.mskd.experiment;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON form of the records: components in alphabetical order, paths as plain text, an absent
 * part as {@code null}. Equal experiments give equal text.
 */
public final class ExperimentJson {
  private static final ObjectMapper MAPPER = mapper(new PathWriter());
  private static final ObjectMapper WITHOUT_PATHS = mapper(new PathOmitter());

  private ExperimentJson() {}

  /** The text of any record of this package or of one made of plain records, lists and maps. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON form of " + value.getClass(), e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException where the text is not of that type
   */
  public static <T> T read(String text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + text, e);
    }
  }

  /** A record as maps, lists, text, numbers and truth values. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> plain(Object value) {
    return MAPPER.convertValue(value, Map.class);
  }

  /** A record as JSON in which {@code null} takes the place of every path. */
  public static JsonNode withoutPaths(Object value) {
    return WITHOUT_PATHS.valueToTree(value);
  }

  private static ObjectMapper mapper(JsonSerializer<Path> paths) {
    SimpleModule module = new SimpleModule();
    module.addSerializer(Path.class, paths);
    module.addDeserializer(Path.class, new PathReader());
    module.addSerializer(Optional.class, new OptionalWriter());
    module.addDeserializer(Optional.class, new OptionalReader(null));
    return JsonMapper.builder()
        .addModule(module)
        .enable(com.fasterxml.jackson.databind.MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(com.fasterxml.jackson.databind.MapperFeature.AUTO_DETECT_IS_GETTERS)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();
  }

  private static final class PathWriter extends JsonSerializer<Path> {
    @Override
    public void serialize(Path value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.toString());
    }
  }

  private static final class PathOmitter extends JsonSerializer<Path> {
    @Override
    public void serialize(Path value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeNull();
    }
  }

  private static final class PathReader extends JsonDeserializer<Path> {
    @Override
    public Path deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Path.of(in.getText());
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class OptionalWriter extends JsonSerializer<Optional> {
    @Override
    public void serialize(Optional value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(value.isPresent() ? value.get() : null, out);
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class OptionalReader extends JsonDeserializer<Optional>
      implements com.fasterxml.jackson.databind.deser.ContextualDeserializer {
    private final transient com.fasterxml.jackson.databind.JavaType content;

    OptionalReader(com.fasterxml.jackson.databind.JavaType content) {
      this.content = content;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, com.fasterxml.jackson.databind.BeanProperty property) {
      return new OptionalReader(context.getContextualType().containedType(0));
    }

    @Override
    public Optional deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Optional.of(context.readValue(in, content));
    }

    @Override
    public Optional getNullValue(DeserializationContext context) {
      return Optional.empty();
    }
  }
}
