package org.mskd.pipeline.request;

import java.nio.file.Path;
import java.util.Objects;
import org.mskd.code.ResultNeutral;

/**
 * A cache of results that outlives {@code mvn clean}.
 *
 * @param directory its folder
 * @param mostBytes how large it may become
 */
@ResultNeutral
public record CacheOptions(Path directory, long mostBytes) {
  /** The default size, 20 GiB. */
  public static final long DEFAULT_BYTES = 20L << 30;

  public CacheOptions {
    Objects.requireNonNull(directory);
    if (mostBytes < 1) {
      throw new IllegalArgumentException("a cache of " + mostBytes + " bytes");
    }
  }
}
