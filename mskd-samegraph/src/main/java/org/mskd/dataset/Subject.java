package org.mskd.dataset;

import java.nio.file.Path;

/**
 * One scan and its label.
 *
 * @param id the label's file name without its ending
 * @param image the CT volume
 * @param label the label volume
 */
public record Subject(String id, Path image, Path label) {}
