package org.mskd.maven;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mskd.file.VerifiedFiles;
import org.mskd.maven.artifact.ModelArtifacts;
import org.mskd.maven.artifact.ModelCoordinates;
import org.mskd.maven.artifact.TrustedModels;
import org.mskd.maven.config.ModelFiles;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.TrustedKeysReader;

/**
 * The models that one goal reads, from the project's repositories where they are named by
 * coordinates, and then with their signatures checked where the configuration names trusted keys.
 */
final class GoalModels {
  private final Supplier<ModelArtifacts> artifacts;
  private final Optional<Path> trustedKeys;
  private final Consumer<String> messages;

  /** Made when the first model is resolved: the keys are read then. */
  private TrustedModels trusted;

  /**
   * @param artifacts resolves coordinates with the project's repositories
   * @param messages receives who signed a model
   * @throws org.mskd.problem.BadInputException if {@code <trustedKeys>} has no value
   */
  GoalModels(Supplier<ModelArtifacts> artifacts, Section configuration, Consumer<String> messages) {
    this.artifacts = artifacts;
    this.trustedKeys = TrustedKeysReader.read(configuration);
    this.messages = messages;
  }

  /** The files of models that are named by a path or by coordinates. */
  ModelFiles files() {
    return new ModelFiles(this::resolve, trustedKeys.isPresent());
  }

  /** The files that were resolved so far and whose signatures were verified. */
  VerifiedFiles verified() {
    return trusted == null ? VerifiedFiles.NONE : trusted.verified();
  }

  private Path resolve(ModelCoordinates coordinates) {
    if (trusted == null) {
      trusted = new TrustedModels(artifacts.get(), trustedKeys, messages);
    }
    return trusted.resolve(coordinates).file();
  }
}
