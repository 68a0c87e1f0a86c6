package org.mskd.lock;

import java.util.Objects;

/**
 * A file that a stage made.
 *
 * @param bytes its length
 * @param sha256 its digest
 */
public record LockedOutput(long bytes, String sha256) {
  public LockedOutput {
    Objects.requireNonNull(sha256, "sha256");
  }
}
