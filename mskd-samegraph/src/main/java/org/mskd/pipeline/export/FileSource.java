package org.mskd.pipeline.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mskd.dataset.SliceSource;
import org.mskd.export.card.CardScores;
import org.mskd.export.card.TrainingSet;
import org.mskd.file.VerifiedFiles;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.pipeline.models.ModelName;
import org.mskd.pipeline.request.ExportOptions;
import org.mskd.pipeline.request.WorkerRequest;

/** One model that is given as a file: of its training only its card is known. */
final class FileSource implements ExportSource {
  private final Path file;
  private final Path folder;
  private final Optional<Path> input;
  private final VerifiedFiles verified;
  private final ModelName name;

  /**
   * @param request of the worker, which has the folder of the files
   * @throws org.mskd.problem.BadInputException if the model is missing or damaged
   */
  FileSource(Path file, WorkerRequest request, ExportOptions options) {
    this.file = file;
    this.folder = request.outputDirectory();
    this.input = options.input();
    this.verified = request.options().verified();
    this.name = ModelName.of(ModelArchive.readCard(file), file.getFileName().toString());
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public List<ModelName> models() {
    return List.of(name);
  }

  @Override
  public Model read(ModelName model) {
    verified.require(file, file);
    return ModelArchive.read(file);
  }

  @Override
  public Path archive(ModelName model) {
    return file;
  }

  @Override
  public List<SliceSource> slices(ModelCard card) {
    return input.map(scan -> List.of(GivenScan.read(scan, card.preprocessing()))).orElse(List.of());
  }

  @Override
  public List<TrainingSet> sets(ModelCard card) {
    return List.of();
  }

  @Override
  public boolean phantoms() {
    return false;
  }

  @Override
  public Optional<CardScores> scores(ModelName model) {
    return Optional.empty();
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }
}
