package org.mskd.pipeline.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mskd.export.CheckResult;
import org.mskd.export.card.ExportedModel;
import org.mskd.export.card.ModelCardMarkdown;
import org.mskd.file.AtomicFile;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.models.ModelName;
import org.mskd.pipeline.request.ExportOptions;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.problem.BadInputException;

/**
 * Exports models: writes and checks all files under temporary names, and puts them in place when
 * all have passed.
 */
public final class ExportRun {
  /** The name of the model card. */
  public static final String CARD = "MODEL_CARD.md";

  /** Models lie in the folder of the export, and those of teachers in a folder there. */
  private static final int LEVELS = 2;

  private final ExportSource source;
  private final ExportOptions options;
  private final ModelExport export;
  private final EventLog events;

  /**
   * @throws BadInputException if a model is missing
   */
  public ExportRun(WorkerRequest request, EventLog events) {
    this.options =
        request
            .export()
            .orElseThrow(() -> new IllegalArgumentException("a request that exports nothing"));
    this.source =
        options
            .model()
            .<ExportSource>map(file -> new FileSource(file, request, options))
            .orElseGet(() -> new ExperimentSource(request, options));
    this.export = new ModelExport(source, options, request.threads());
    this.events = events;
  }

  /**
   * Runs it.
   *
   * @throws BadInputException if an exported network gives other logits than its model, or a file
   *     cannot be read or written; then nothing was replaced
   */
  public void run() {
    source.warnings().forEach(text -> events.report(new Event.Warning(text)));
    List<ExportedModel> exported = new ArrayList<>();
    try {
      for (ModelName name : source.models()) {
        ExportedModel model = export.of(name);
        events.report(new Event.Message(text(model)));
        exported.add(model);
      }
      for (ExportedModel model : exported) {
        AtomicFile.move(export.unchecked(model.file()), source.folder().resolve(model.file()));
      }
      Path card = source.folder().resolve(CARD);
      AtomicFile.writeText(card, ModelCardMarkdown.text(exported, options.version()));
      warnOfOthers(exported);
      events.report(new Event.Message("Model card: " + card));
    } catch (IOException e) {
      throw AtomicFile.failed(source.folder(), e);
    } finally {
      source.models().forEach(name -> remove(export.unchecked(ModelExport.fileOf(name))));
    }
  }

  private String text(ExportedModel model) {
    String noCheck =
        options.check()
            ? "not checked, since no scan is given: <input=FILE> names one"
            : "not checked";
    return String.format(
        Locale.ROOT,
        "export %s: %s, %.1f MB; %s",
        model.name(),
        source.folder().resolve(model.file()),
        model.bytes() / 1e6,
        model.check().map(CheckResult::text).orElse(noCheck));
  }

  /** The card describes the models of this export alone. */
  private void warnOfOthers(List<ExportedModel> exported) throws IOException {
    List<String> described = exported.stream().map(ExportedModel::file).toList();
    try (Stream<Path> files = Files.walk(source.folder(), LEVELS)) {
      List<String> others =
          files
              .map(file -> source.folder().relativize(file).toString().replace('\\', '/'))
              .filter(file -> file.endsWith(ModelExport.ENDING) && !described.contains(file))
              .sorted()
              .toList();
      if (!others.isEmpty()) {
        events.report(
            new Event.Warning(
                CARD
                    + " does not describe files of earlier exports: "
                    + String.join(", ", others)
                    + "."));
      }
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw AtomicFile.failed(file, e);
    }
  }
}
