package org.mskd.maven.artifact;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A model that was resolved, and the bytes that were found to be signed by a trusted key.
 *
 * @param file the file
 * @param sha256 SHA-256 of the bytes that the signature was verified over, as {@link
 *     org.mskd.file.Sha256} writes it; empty where signatures are not checked
 */
public record ResolvedModel(Path file, Optional<String> sha256) {}
