package org.mskd.pipeline.stage;

import java.nio.file.Path;
import java.util.SortedMap;

/**
 * One run of a stage.
 *
 * @param progress where it reports
 * @param folder an empty folder for the outputs, laid out as the output directory: what is to be
 *     {@code teachers/liver/model.mskd} there is {@code teachers/liver/model.mskd} here
 * @param inputs what the specification comes to, as recorded in the stamp
 */
public record StageWork(StageProgress progress, Path folder, SortedMap<String, String> inputs) {}
