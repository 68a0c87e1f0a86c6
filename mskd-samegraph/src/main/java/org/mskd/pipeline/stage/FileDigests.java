package org.mskd.pipeline.stage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.dataset.Subject;
import org.mskd.file.Sha256;
import org.mskd.pipeline.claim.OutputLock;
import org.mskd.volume.NiftiReader;

/**
 * Digests of files. A file is read once as long as its length and modification time do not change:
 * several stages need the digests of the same files, and so does the next run, for which they are
 * saved in a {@link DigestIndex}.
 */
public final class FileDigests {
  /** Prefix of the names of images among a stage's inputs. */
  public static final String IMAGE = "image ";

  /** Prefix of the names of labels among a stage's inputs. */
  public static final String LABEL = "label ";

  private final SortedMap<String, DigestIndex.Known> known;
  private boolean changed;

  /** No file has been read yet. */
  public FileDigests() {
    this(new TreeMap<>());
  }

  private FileDigests(SortedMap<String, DigestIndex.Known> known) {
    this.known = known;
  }

  /**
   * Starts with the digests saved in an output directory.
   *
   * @param reread whether to ignore them and read all files again
   */
  public static FileDigests in(Path outputDirectory, boolean reread) {
    return reread ? new FileDigests() : new FileDigests(DigestIndex.read(outputDirectory));
  }

  /**
   * Adds a digest of each image and label, both files of a {@code .hdr}/{@code .img} pair included,
   * under {@code image NAME} and {@code label NAME}. The path of the folder is not part of it.
   *
   * @throws org.mskd.problem.BadInputException if one is missing or cannot be read
   */
  public void put(SortedMap<String, String> inputs, Collection<Subject> subjects) {
    for (Subject subject : subjects) {
      put(inputs, IMAGE, subject.image());
      subject.label().ifPresent(label -> put(inputs, LABEL, label));
    }
  }

  private void put(SortedMap<String, String> inputs, String kind, Path volume) {
    for (Path file : NiftiReader.files(volume)) {
      inputs.put(kind + file.getFileName(), of(file));
    }
  }

  /** Digest of the content of one file; errors as of {@link #put}. */
  public synchronized String of(Path file) {
    String name = file.toAbsolutePath().normalize().toString();
    FileState state = FileState.of(file);
    DigestIndex.Known before = known.get(name);
    if (before != null && before.state().equals(state)) {
      return before.sha256();
    }
    Instant now = Instant.now();
    String digest = Sha256.of(file);
    changed = true;
    if (state.isSettled(now)) {
      known.put(name, new DigestIndex.Known(state, digest));
    } else {
      known.remove(name);
    }
    return digest;
  }

  /** Records that a file was moved, which changes neither its length nor its time. */
  synchronized void moved(Path from, Path to) {
    DigestIndex.Known before = known.remove(from.toAbsolutePath().normalize().toString());
    if (before != null) {
      known.put(to.toAbsolutePath().normalize().toString(), before);
      changed = true;
    }
  }

  /**
   * Saves the digests for the next run. Only the holder of the {@link OutputLock} may call this.
   */
  public synchronized void save(Path outputDirectory) {
    if (changed) {
      DigestIndex.write(outputDirectory, known);
      changed = false;
    }
  }
}
