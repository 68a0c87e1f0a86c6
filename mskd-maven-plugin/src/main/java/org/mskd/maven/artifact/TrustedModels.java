package org.mskd.maven.artifact;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.aether.resolution.ArtifactResult;
import org.mskd.file.VerifiedFiles;

/**
 * Resolves models and, where the user names the keys he trusts, checks their signatures; each model
 * once.
 */
public final class TrustedModels {
  private final ModelArtifacts models;
  private final Optional<SignedArtifacts> signed;
  private final Consumer<String> messages;
  private final Map<ModelCoordinates, ResolvedModel> resolved = new HashMap<>();

  /**
   * @param keys the file or folder of trusted keys; empty for no check
   * @param messages receives who signed a model
   * @throws org.mskd.problem.BadInputException if there is no key in it
   */
  public TrustedModels(ModelArtifacts models, Optional<Path> keys, Consumer<String> messages) {
    this.models = models;
    this.signed =
        keys.map(TrustedKeys::read)
            .map(trusted -> new SignedArtifacts(new SignatureCheck(trusted), models));
    this.messages = messages;
  }

  /**
   * The file of a model, and what was checked of it.
   *
   * @throws org.mskd.problem.BadInputException if it cannot be resolved, or is not signed by a
   *     trusted key
   */
  public ResolvedModel resolve(ModelCoordinates coordinates) {
    return resolved.computeIfAbsent(coordinates, this::checked);
  }

  /** The files whose signatures were verified. */
  public VerifiedFiles verified() {
    VerifiedFiles verified = VerifiedFiles.NONE;
    for (ResolvedModel model : resolved.values()) {
      if (model.sha256().isPresent()) {
        verified = verified.with(model.file(), model.sha256().get());
      }
    }
    return verified;
  }

  private ResolvedModel checked(ModelCoordinates coordinates) {
    ArtifactResult model = models.model(coordinates);
    Optional<SignedFile> checked = signed.map(artifacts -> artifacts.check(coordinates, model));
    checked.ifPresent(one -> messages.accept(coordinates + " is signed by " + one.signer() + "."));
    return new ResolvedModel(
        model.getArtifact().getFile().toPath(), checked.map(SignedFile::sha256));
  }
}
