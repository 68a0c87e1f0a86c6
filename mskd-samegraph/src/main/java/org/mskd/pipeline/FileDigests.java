package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.Collection;
import org.mskd.dataset.Subject;
import org.mskd.file.Sha256;

/** One digest of many input files, by the order and the names their folder gives them. */
final class FileDigests {
  private FileDigests() {}

  static String of(Collection<Subject> subjects) {
    StringBuilder text = new StringBuilder();
    for (Subject subject : subjects) {
      text.append(subject.id()).append('\n');
      add(text, subject.image());
      add(text, subject.label());
    }
    return Sha256.of(text.toString());
  }

  private static void add(StringBuilder text, Path file) {
    text.append(file.getFileName()).append(' ').append(Sha256.of(file)).append('\n');
  }
}
