package org.mskd.pipeline.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mskd.dataset.SliceSource;
import org.mskd.dataset.SliceStore;
import org.mskd.export.CheckResult;
import org.mskd.export.CheckSlices;
import org.mskd.export.ExportMetadata;
import org.mskd.export.OnnxCheck;
import org.mskd.export.OnnxFile;
import org.mskd.export.OnnxNorm;
import org.mskd.export.card.ExportedModel;
import org.mskd.file.AtomicFile;
import org.mskd.file.Sha256;
import org.mskd.model.Model;
import org.mskd.pipeline.models.ModelName;
import org.mskd.pipeline.request.ExportOptions;
import org.mskd.problem.BadInputException;

/**
 * Writes and checks one model under a temporary name.
 *
 * @param source of the model
 * @param options of the export
 * @param threads of ONNX Runtime
 */
record ModelExport(ExportSource source, ExportOptions options, int threads) {
  /** The ending of exported files. */
  static final String ENDING = ".onnx";

  private static final String UNCHECKED = ".unchecked";

  /** The name of a model's file in the folder of the export. */
  static String fileOf(ModelName name) {
    return name.text() + ENDING;
  }

  /** Where it lies until all files have passed. */
  Path unchecked(String file) {
    return source.folder().resolve(file + UNCHECKED);
  }

  /**
   * Exports a model.
   *
   * @throws BadInputException if the exported network gives other logits, or a file cannot be read
   *     or written
   */
  ExportedModel of(ModelName name) {
    Model model = source.read(name);
    String file = fileOf(name);
    Path unchecked = unchecked(file);
    String digest = Sha256.of(source.archive(name));
    OnnxFile.write(
        unchecked,
        model.card().architecture(),
        model.tensors(),
        model.card().inputSize(),
        OnnxNorm.COMPOSED,
        ExportMetadata.of(model, name.text(), digest, options.version()));
    Optional<CheckResult> check = options.check() ? check(name, model) : Optional.empty();
    return new ExportedModel(
        name.text(),
        model.card(),
        file,
        sizeOf(unchecked),
        Sha256.of(unchecked),
        digest,
        source.sets(model.card()),
        source.phantoms(),
        source.scores(name),
        check);
  }

  private Optional<CheckResult> check(ModelName name, Model model) {
    List<SliceSource> scans = source.slices(model.card());
    if (scans.isEmpty()) {
      return Optional.empty();
    }
    try {
      CheckSlices slices =
          new CheckSlices(scans, model.card().inputSize(), model.card().network().neighbours());
      CheckResult result = OnnxCheck.of(unchecked(fileOf(name)), model, slices, threads);
      if (!result.holds()) {
        throw new BadInputException(
            "export %s: the exported network does not give the logits of the model: %s."
                .formatted(name.text(), result.text()),
            "Nothing was exported. Test the backend with mskd:doctor, and report this message.");
      }
      return Optional.of(result);
    } finally {
      scans.forEach(ModelExport::close);
    }
  }

  private static void close(SliceSource scan) {
    if (scan instanceof SliceStore store) {
      store.close();
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw AtomicFile.failed(file, e);
    }
  }
}
