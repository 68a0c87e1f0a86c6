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
  private final boolean signed;

  /**
   * @param artifacts resolves coordinates
   * @param signed whether the resolved models must be signed. A file then does not take the place
   *     of coordinates that its name looks like: nothing would be checked of it
   */
  public ModelFiles(Function<ModelCoordinates, Path> artifacts, boolean signed) {
    this.artifacts = artifacts;
    this.signed = signed;
  }

  /** Those of a reader that sees no repository. */
  static ModelFiles withoutRepositories() {
    return new ModelFiles(
        coordinates -> {
          throw new BadInputException(
              "The model " + coordinates + " cannot be resolved here.", "Give its file.");
        },
        false);
  }

  /**
   * The coordinates that a text is, unless there is a file of that name.
   *
   * @throws BadInputException if they are those of no model
   */
  private Optional<ModelCoordinates> coordinates(String text, Path basedir) {
    return ModelCoordinates.isCoordinates(text) && (signed || !isFile(text, basedir))
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
      return Files.isRegularFile(basedir.resolve(text));
    } catch (InvalidPathException e) {
      return false; // on Windows, where names have no colons
    }
  }
}
