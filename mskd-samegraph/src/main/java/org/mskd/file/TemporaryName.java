package org.mskd.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of temporary files: {@code .NAME.<16 hexadecimal digits>.part} in the folder of {@code
 * NAME}. The digits are random, so that no other user can place a file or a link under a name
 * before it is used.
 */
final class TemporaryName {
  private static final Pattern PATTERN =
      Pattern.compile("\\.(.+)\\.[0-9a-f]{16}\\.part", Pattern.DOTALL);

  /** The longest file name of common file systems, bytes. */
  private static final int LONGEST = 255;

  /** Bytes that the pattern adds to a name. */
  private static final int ADDED = ".".length() + ".0123456789abcdef.part".length();

  private static final SecureRandom RANDOM = new SecureRandom();

  private TemporaryName() {}

  /** A name that no file has, in the folder of {@code target}. */
  static Path inFolderOf(Path target) {
    String name = shortened(target.getFileName().toString());
    return target.resolveSibling("." + name + "." + randomDigits() + ".part");
  }

  /** Sixteen hexadecimal digits that cannot be predicted. */
  static String randomDigits() {
    byte[] digits = new byte[Long.BYTES];
    RANDOM.nextBytes(digits);
    return HexFormat.of().formatHex(digits);
  }

  private static String shortened(String name) {
    int end = name.length();
    while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > LONGEST - ADDED) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end);
  }

  /** The file that a temporary file was to become; empty where the name is of another pattern. */
  static Optional<Path> target(Path file) {
    Path name = file.getFileName();
    Matcher matcher = PATTERN.matcher(name == null ? "" : name.toString());
    return matcher.matches()
        ? Optional.of(file.resolveSibling(matcher.group(1)))
        : Optional.empty();
  }
}
