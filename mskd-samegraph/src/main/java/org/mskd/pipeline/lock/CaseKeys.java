package org.mskd.pipeline.lock;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.PreparedSubject;
import org.mskd.dataset.SliceStore;
import org.mskd.pipeline.stage.FileDigests;

/**
 * The key of each case of a prepared set in a lock: the digest of its voxels, since its name may
 * identify a patient.
 *
 * @param keys by the case's name
 */
record CaseKeys(SortedMap<String, String> keys) {
  /** The end of a volume's name. */
  private static final Pattern VOLUME =
      Pattern.compile("\\.(nii|hdr|img)(\\.gz)?$", Pattern.CASE_INSENSITIVE);

  /** No cases. */
  static final CaseKeys NONE = new CaseKeys(new TreeMap<>());

  /**
   * Reads the slice stores' headers.
   *
   * @param prepared the folder of the set
   * @throws org.mskd.problem.BadInputException if one is missing or damaged
   */
  static CaseKeys of(Path prepared) {
    SortedMap<String, String> keys = new TreeMap<>();
    Set<String> taken = new HashSet<>();
    for (Path store : PreparedSet.read(prepared).stores()) {
      PreparedSubject subject = SliceStore.subject(store);
      String key = subject.voxelDigest();
      for (int copy = 2; !taken.add(key); copy++) {
        key = subject.voxelDigest() + "-" + copy; // the same scan twice in one set
      }
      keys.put(subject.id(), key);
    }
    return new CaseKeys(keys);
  }

  /**
   * The cases of files that were not prepared, each under its own name: that of its label or,
   * without labels, that of its image.
   *
   * @param inputs the names of a stage's inputs
   */
  static CaseKeys ofFiles(Collection<String> inputs) {
    List<String> labels = names(inputs, FileDigests.LABEL);
    SortedMap<String, String> keys = new TreeMap<>();
    for (String name : labels.isEmpty() ? names(inputs, FileDigests.IMAGE) : labels) {
      String id = VOLUME.matcher(name).replaceFirst("");
      keys.put(id, id);
    }
    return new CaseKeys(keys);
  }

  private static List<String> names(Collection<String> inputs, String kind) {
    return inputs.stream()
        .filter(input -> input.startsWith(kind))
        .map(input -> input.substring(kind.length()))
        .toList();
  }

  /** The case that a file belongs to: the longest name that its name starts with. */
  Optional<String> caseOf(String fileName) {
    return keys.keySet().stream()
        .filter(id -> startsWith(fileName, id))
        .max(Comparator.comparingInt(String::length));
  }

  private static boolean startsWith(String fileName, String id) {
    return fileName.startsWith(id)
        && fileName.length() > id.length()
        && !Character.isLetterOrDigit(fileName.codePointAt(id.length()));
  }

  /** A path with the key in place of the case's name. */
  String withoutName(String path) {
    int start = path.lastIndexOf('/') + 1;
    String fileName = path.substring(start);
    return caseOf(fileName)
        .map(id -> path.substring(0, start) + keys.get(id) + fileName.substring(id.length()))
        .orElse(path);
  }
}
