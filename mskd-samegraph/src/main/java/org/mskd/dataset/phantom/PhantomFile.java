package org.mskd.dataset.phantom;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.mskd.file.Sha256;

/**
 * Length and digest of a written file, so that a damaged one is not taken for a phantom.
 *
 * @param bytes its length
 * @param sha256 its digest
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
record PhantomFile(long bytes, String sha256) {
  static PhantomFile of(Path file) {
    try {
      return new PhantomFile(Files.size(file), Sha256.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a file exists with this length and digest; the length is compared first. */
  boolean is(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) == bytes
          && Sha256.of(file).equals(sha256);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
