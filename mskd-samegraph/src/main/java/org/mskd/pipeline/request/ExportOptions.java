package org.mskd.pipeline.request;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code mskd:export} is to do.
 *
 * @param names of the models of the experiment that are exported; empty for all trained students
 * @param model the archive to be exported instead of models of an experiment
 * @param input a CT volume, or a folder of them, whose slices an exported network is checked on
 *     instead of the experiment's
 * @param check whether exported networks are checked in ONNX Runtime
 * @param version of mskd, for the files
 */
public record ExportOptions(
    List<String> names, Optional<Path> model, Optional<Path> input, boolean check, String version) {
  public ExportOptions {
    names = names == null ? List.of() : List.copyOf(names);
    model = model == null ? Optional.empty() : model;
    input = input == null ? Optional.empty() : input;
  }

  /** Whether there is a check, for which ONNX Runtime is needed: it needs slices. */
  public boolean needsRuntime() {
    return check && (model.isEmpty() || input.isPresent());
  }
}
