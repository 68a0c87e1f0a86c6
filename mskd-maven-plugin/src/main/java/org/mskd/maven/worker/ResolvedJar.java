package org.mskd.maven.worker;

import java.nio.file.Path;

/**
 * A jar, or a module's folder of classes, that Maven resolved.
 *
 * @param coordinates its coordinates
 * @param file where it is
 * @param bytes its size; 0 for a folder
 * @param fetched whether it was not in the local repository before
 */
public record ResolvedJar(Coordinates coordinates, Path file, long bytes, boolean fetched) {}
