package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.Optional;
import org.mskd.problem.BadInputException;

/**
 * Reads {@code <trustedKeys>}. A declaration whose property has no value is an error: it must not
 * leave out the check that was asked for.
 */
public final class TrustedKeysReader {
  private static final String ELEMENT = "trustedKeys";

  private TrustedKeysReader() {}

  /**
   * The file or folder of the keys; empty where signatures are not checked.
   *
   * @throws BadInputException if it is declared without a value
   */
  public static Optional<Path> read(Section root) {
    return root.value(ELEMENT).map(value -> path(value, root));
  }

  private static Path path(Value value, Section root) {
    if (value.text().isBlank()) {
      throw new BadInputException(
          value.source() + " is empty.",
          "Name the file or folder of the keys, or leave it out: then no signature is checked.");
    }
    return value.asPath(root.basedir());
  }
}
