package org.mskd.pipeline;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.mskd.dataset.Subject;
import org.mskd.file.Sha256;
import org.mskd.volume.NiftiReader;

/**
 * One digest of many input files, by the order and the names their folder gives them. Reads a file
 * once as long as its length and time stay what they are: several stages ask for the same ones.
 */
final class FileDigests {
  private record Key(Path file, FileState state) {}

  private final Map<Key, String> known = new HashMap<>();

  /**
   * Digest of all images and labels, both files of a {@code .hdr}/{@code .img} pair included.
   *
   * @throws org.mskd.problem.BadInputException if one is missing or cannot be read
   */
  String of(Collection<Subject> subjects) {
    StringBuilder text = new StringBuilder();
    for (Subject subject : subjects) {
      text.append(subject.id()).append('\n');
      add(text, subject.image());
      subject.label().ifPresent(label -> add(text, label));
    }
    return Sha256.of(text.toString());
  }

  /** Digest of one file, without its name; errors as of {@link #of(Collection)}. */
  String of(Path file) {
    return known.computeIfAbsent(new Key(file, FileState.of(file)), k -> Sha256.of(k.file()));
  }

  private void add(StringBuilder text, Path volume) {
    for (Path file : NiftiReader.files(volume)) {
      text.append(file.getFileName()).append(' ').append(of(file)).append('\n');
    }
  }
}
