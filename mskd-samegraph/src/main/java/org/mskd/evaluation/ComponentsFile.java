package org.mskd.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.file.AtomicFile;
import org.mskd.file.IndentedJson;
import org.mskd.problem.BadInputException;

/**
 * {@code components.json}: {@link ComponentScores} by model; keys sorted, six decimals. The key of
 * all components is {@code 0}.
 */
public final class ComponentsFile {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ComponentsFile() {}

  /** Writes the file atomically. */
  public static void write(Path file, SortedMap<String, ComponentScores> models) {
    SortedMap<String, Object> root = new TreeMap<>();
    models.forEach(
        (model, scores) -> {
          SortedMap<String, Object> organs = new TreeMap<>();
          scores
              .dice()
              .forEach(
                  (organ, counts) -> {
                    SortedMap<String, Object> values = new TreeMap<>();
                    counts.forEach(
                        (count, dice) ->
                            values.put(
                                Integer.toString(count), dice.stream().map(Decimals::of).toList()));
                    organs.put(organ, values);
                  });
          root.put(model, organs);
        });
    AtomicFile.writeText(file, IndentedJson.text(root));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws BadInputException if it cannot be read, or is not such a file
   */
  public static SortedMap<String, ComponentScores> read(Path file) {
    try {
      SortedMap<String, SortedMap<String, SortedMap<Integer, List<Double>>>> found =
          MAPPER.readValue(Files.readString(file), new TypeReference<>() {});
      if (found == null) {
        throw unusable(file, "it is empty", null);
      }
      SortedMap<String, ComponentScores> models = new TreeMap<>();
      found.forEach((model, organs) -> models.put(model, new ComponentScores(organs)));
      return models;
    } catch (JsonProcessingException e) {
      throw unusable(file, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw unusable(file, e.toString(), e);
    }
  }

  private static BadInputException unusable(Path file, String problem, Throwable cause) {
    return new BadInputException(
        file + " cannot be used: " + problem + ".",
        "Delete it and run mskd:cross-validate again.",
        cause);
  }
}
