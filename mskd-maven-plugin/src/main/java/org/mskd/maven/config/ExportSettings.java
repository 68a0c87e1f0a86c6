package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mskd.pipeline.request.ExportOptions;

/**
 * The parameters of the goal {@code export}.
 *
 * @param options what is exported, and whether it is checked
 * @param output the folder for the files of a model that is given as a file
 */
public record ExportSettings(ExportOptions options, Path output) {
  private static final String DEFAULT_OUTPUT = "export";

  /**
   * The parameters as properties give them.
   *
   * @param version of mskd
   * @param models resolves a model that is named by coordinates
   * @throws org.mskd.problem.BadInputException if a value is not allowed, or models are named both
   *     as those of an experiment and as a file
   */
  public static ExportSettings of(Section root, String version, ModelFiles models) {
    List<String> names =
        root.userProperty("export")
            .map(value -> value.asWords("models such as mskd, separated by commas"))
            .orElse(List.of());
    Optional<Value> model = root.userProperty("model");
    if (model.isPresent() && !names.isEmpty()) {
      throw root.userProperty("export")
          .orElseThrow()
          .notAllowed("names of models of the experiment, without -Dmskd.model");
    }
    Path basedir = root.basedir();
    return new ExportSettings(
        new ExportOptions(
            names,
            model.map(value -> models.of(value, basedir)),
            root.userProperty("input").map(value -> value.asPath(basedir)),
            root.userProperty("exportCheck").map(Value::asBoolean).orElse(true),
            version),
        root.userProperty("output")
            .orElseGet(() -> Value.ofUser("output", DEFAULT_OUTPUT))
            .asPath(basedir));
  }
}
