package org.mskd.pipeline.stage;

import java.nio.file.Path;
import java.util.SortedMap;

/**
 * One run of a stage.
 *
 * @param progress receives the reports
 * @param folder an empty folder for the outputs, laid out as the output directory: a file that is
 *     installed as {@code teachers/liver/model.mskd} has the same relative path here
 * @param inputs the current inputs, as recorded in the stamp
 */
public record StageWork(StageProgress progress, Path folder, SortedMap<String, String> inputs) {}
