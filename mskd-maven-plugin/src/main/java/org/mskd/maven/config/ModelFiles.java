package org.mskd.maven.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.mskd.maven.artifact.ModelCoordinates;
import org.mskd.problem.BadInputException;

/** Files of models that are named by a path, or by coordinates in a repository. */
public final class ModelFiles {
  private final Function<ModelCoordinates, Path> artifacts;

  /**
   * @param artifacts resolves coordinates
   */
  public ModelFiles(Function<ModelCoordinates, Path> artifacts) {
    this.artifacts = artifacts;
  }

  /** Those of a reader that sees no repository. */
  static ModelFiles withoutRepositories() {
    return new ModelFiles(
        coordinates -> {
          throw new BadInputException(
              "The model " + coordinates + " cannot be resolved here.", "Give its file.");
        });
  }

  /**
   * The coordinates that a text is, unless there is a file of that name.
   *
   * @throws BadInputException if they are those of no model
   */
  public static Optional<ModelCoordinates> coordinates(String text, Path basedir) {
    return ModelCoordinates.isCoordinates(text) && !isFile(text, basedir)
        ? Optional.of(ModelCoordinates.parse(text))
        : Optional.empty();
  }

  /** The file that a value names in either way. */
  Path of(Value value, Path basedir) {
    return coordinates(value.text(), basedir).map(artifacts).orElseGet(() -> value.asPath(basedir));
  }

  /** The file of an artifact. */
  public Path of(ModelCoordinates coordinates) {
    return artifacts.apply(coordinates);
  }

  private static boolean isFile(String text, Path basedir) {
    try {
      return Files.exists(basedir.resolve(text));
    } catch (InvalidPathException e) {
      return false; // on Windows, where names have no colons
    }
  }
}
