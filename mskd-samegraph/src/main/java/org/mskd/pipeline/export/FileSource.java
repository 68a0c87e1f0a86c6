package org.mskd.pipeline.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mskd.dataset.SliceSource;
import org.mskd.export.card.CardScores;
import org.mskd.export.card.TrainingSet;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.models.ModelName;
import org.mskd.pipeline.request.ExportOptions;

/** One model that is given as a file: of its training only its card is known. */
final class FileSource implements ExportSource {
  /** An archive must not choose where files lie. */
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private static final String ENDING = ".mskd";

  private final Path file;
  private final Path folder;
  private final Optional<Path> input;
  private final ModelName name;

  /**
   * @throws org.mskd.problem.BadInputException if the model is missing or damaged
   */
  FileSource(Path file, Path folder, ExportOptions options) {
    this.file = file;
    this.folder = folder;
    this.input = options.input();
    this.name = nameOf(ModelArchive.readCard(file), file.getFileName().toString());
  }

  /** A teacher's organ; a student's name in its experiment, else that of its file. */
  private static ModelName nameOf(ModelCard card, String file) {
    if (card.kind() == ModelKind.TEACHER) {
      return new ModelName(ModelKind.TEACHER, card.organs().get(0));
    }
    String recorded = card.provenance().getOrDefault("student", "");
    String ofFile =
        file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : file;
    return new ModelName(
        ModelKind.STUDENT, PLAIN_NAME.matcher(recorded).matches() ? recorded : ofFile);
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
