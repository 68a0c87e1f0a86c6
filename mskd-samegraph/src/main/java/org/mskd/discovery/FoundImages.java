package org.mskd.discovery;

import java.nio.file.Path;

/**
 * CT volumes without labels.
 *
 * @param name its name in the experiment
 * @param directory their folder, or the one that holds it as {@code imagesTr}
 * @param scans number of volumes
 */
public record FoundImages(String name, Path directory, int scans) {}
