package org.mskd.file;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.problem.BadInputException;

/**
 * Model files whose signatures the plugin has verified, with the digest of the signed bytes. The
 * worker reads a file later, when another program may have replaced it.
 *
 * @param sha256 by absolute path
 */
public record VerifiedFiles(SortedMap<String, String> sha256) {
  /** Where signatures are not checked. */
  public static final VerifiedFiles NONE = new VerifiedFiles(new TreeMap<>());

  public VerifiedFiles {
    sha256 = Collections.unmodifiableSortedMap(new TreeMap<>(sha256));
  }

  /** The same with one more file. */
  public VerifiedFiles with(Path file, String digest) {
    SortedMap<String, String> more = new TreeMap<>(sha256);
    more.put(key(file), digest);
    return new VerifiedFiles(more);
  }

  /**
   * Checks that a file, if its signature was verified, has the signed bytes.
   *
   * @param copy where its bytes are read from: the file, or a copy of it
   * @throws BadInputException if it has others
   */
  public void require(Path file, Path copy) {
    String signed = sha256.get(key(file));
    if (signed != null && !signed.equals(Sha256.of(copy))) {
      throw new BadInputException(
          file + " has changed since its signature was verified.",
          "Run the same goal again, which verifies it again.");
    }
  }

  private static String key(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }
}
