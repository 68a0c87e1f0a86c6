package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.Optional;
import org.mskd.problem.BadInputException;

/**
 * The parameters of the goal {@code describe}.
 *
 * @param model the file
 * @param json the file for the description as JSON; empty if none is written
 */
public record DescribeSettings(Path model, Optional<Path> json) {
  /**
   * The parameters as Maven passes them.
   *
   * @param model {@code -Dmskd.model}; null if it is not given
   * @param json {@code -Dmskd.json}; null if it is not given
   * @param basedir the folder that both are relative to
   * @param models resolves coordinates
   * @throws BadInputException if the model is not given, a value is no path, or the JSON would
   *     replace the model
   */
  public static DescribeSettings of(String model, String json, Path basedir, ModelFiles models) {
    if (model == null || model.isBlank()) {
      throw new BadInputException(
          Schema.userProperty("model") + " is missing.",
          "Name a model.mskd or coordinates: "
              + Schema.userProperty("model")
              + "=FILE, or =groupId:artifactId:version.");
    }
    DescribeSettings settings =
        new DescribeSettings(
            models.of(Value.ofUser("model", model.strip()), basedir),
            Optional.ofNullable(json)
                .filter(file -> !file.isBlank())
                .map(file -> Value.ofUser("json", file.strip()).asPath(basedir)));
    if (settings.json().filter(settings.model()::equals).isPresent()) {
      throw new BadInputException(
          Schema.userProperty("json") + " is the model.", "Name another file, such as model.json.");
    }
    return settings;
  }
}
