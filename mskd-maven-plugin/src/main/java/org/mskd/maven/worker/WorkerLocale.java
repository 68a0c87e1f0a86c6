package org.mskd.maven.worker;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * The character encoding of file names in the worker. A JVM in the locale C or POSIX, which
 * containers usually have, supports ASCII only, and fails on a file such as {@code Müller.nii.gz}.
 * The worker then gets a UTF-8 locale. Every path that Maven can represent there is ASCII, and so
 * the same in both. Other encodings are kept: a path outside ASCII would become another one.
 *
 * @param charset encoding in which the worker's launcher reads its argument file
 * @param replaced whether it differs from Maven's
 */
record WorkerLocale(Charset charset, boolean replaced) {
  /** The only UTF-8 locale that is part of the C library, and so in the smallest containers. */
  private static final String UTF_8_LOCALE = "C.UTF-8";

  static WorkerLocale ofThisProcess() {
    return of(
        System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()),
        System.getProperty("os.name"));
  }

  /** From the encoding of file names in Maven's JVM; on Windows they do not depend on a locale. */
  static WorkerLocale of(String encoding, String osName) {
    Charset charset =
        Charset.isSupported(encoding) ? Charset.forName(encoding) : Charset.defaultCharset();
    boolean windows = osName.toLowerCase(Locale.ROOT).startsWith("windows");
    boolean replaced = !windows && charset.equals(StandardCharsets.US_ASCII);
    return new WorkerLocale(replaced ? StandardCharsets.UTF_8 : charset, replaced);
  }

  /** The variables to add to the environment. The JVM takes its encoding from the locale alone. */
  Map<String, String> environment() {
    return replaced ? Map.of("LC_ALL", UTF_8_LOCALE) : Map.of();
  }
}
