package org.mskd.training;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.mskd.file.AtomicFile;
import org.mskd.file.TemporaryFile;
import org.mskd.history.HistoryLine;

/**
 * {@code history.jsonl}: one JSON object per iteration with the total loss, every term, the
 * learning rate and the norm of all gradients before they were clipped; keys are sorted and the
 * same in every line, but for {@code validation} at the end of each epoch. Written as a draft
 * elsewhere and put in place when the training is done. The lines of a failed training are kept as
 * {@code history.failed.jsonl} until one succeeds. The draft of a training with checkpoints is in
 * their folder and is kept, as they belong to its lines.
 */
public final class History implements AutoCloseable {
  private static final int BLOCK = 1 << 16;

  private final Path file;
  private final Path failed;

  /** The draft of a training that makes checkpoints; null where {@link #temporary} is it. */
  private final Path draft;

  private final TemporaryFile temporary;
  private final FileChannel disk;
  private final OutputStream out;
  private final CRC32C checksum = new CRC32C();
  private long bytes;

  /** The terms of this history's first iteration since it was opened; null before it. */
  private Set<String> terms;

  private boolean settled;

  private History(Path file, Path failed, Path draft, TemporaryFile temporary, FileChannel disk) {
    this.file = file;
    this.failed = failed;
    this.draft = draft;
    this.temporary = temporary;
    this.disk = disk;
    this.out = new BufferedOutputStream(Channels.newOutputStream(disk), BLOCK);
  }

  /** Begins a history that will be {@code file}. */
  public static History open(Path file) {
    try {
      TemporaryFile temporary = TemporaryFile.of(file);
      return new History(file, failedBeside(file), null, temporary, temporary.channel());
    } catch (IOException e) {
      throw AtomicFile.failed(file, e);
    }
  }

  /**
   * Begins a history in the folder of a training's checkpoints, or resumes it.
   *
   * @param failed where the history goes if the training fails after its first iteration
   */
  public static History open(Path file, Path failed, Checkpointing checkpointing) {
    Path draft = checkpointing.folder().history();
    long keep = checkpointing.start().map(start -> start.state().historyBytes()).orElse(0L);
    try {
      Files.createDirectories(draft.toAbsolutePath().getParent());
      FileChannel disk =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      History history = new History(file, failed, draft, null, disk);
      try {
        history.resumeAfter(keep);
      } catch (IOException e) {
        disk.close();
        throw e;
      }
      return history;
    } catch (IOException e) {
      throw AtomicFile.failed(file, e);
    }
  }

  private void resumeAfter(long keep) throws IOException {
    disk.truncate(keep).position(0);
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    while (disk.read(block.clear()) >= 0) {
      bytes += block.position();
      checksum.update(block.flip());
    }
    if (bytes != keep) {
      throw new IOException("it has " + bytes + " bytes of " + keep);
    }
  }

  /** Where the history goes if the training fails after its first iteration. */
  public Path failedFile() {
    return failed;
  }

  private static Path failedBeside(Path file) {
    return file.resolveSibling(
        file.getFileName().toString().replaceFirst("(\\.[^.]*)?$", ".failed$1"));
  }

  /** Adds one iteration after which the network was not scored. */
  public void add(int iteration, double learningRate, double gradientNorm, StepResult result) {
    add(iteration, learningRate, gradientNorm, result, Collections.emptySortedMap());
  }

  /**
   * Adds one iteration.
   *
   * @param gradientNorm of all gradients together, before clipping
   * @param validation Dice by organ on held-out subjects after this iteration; empty where the
   *     network was not scored
   * @throws IllegalArgumentException if its terms are not those of the iterations before
   */
  public void add(
      int iteration,
      double learningRate,
      double gradientNorm,
      StepResult result,
      SortedMap<String, Double> validation) {
    if (terms != null && !terms.equals(result.terms().keySet())) {
      throw new IllegalArgumentException(
          "terms of iteration " + iteration + ": " + result.terms().keySet() + ", not " + terms);
    }
    HistoryLine line =
        new HistoryLine(
            gradientNorm,
            iteration,
            learningRate,
            result.loss(),
            new TreeMap<>(result.terms()),
            validation);
    byte[] text = line.text().getBytes(StandardCharsets.UTF_8);
    try {
      out.write(text);
      checksum.update(text);
      bytes += text.length;
      terms = Set.copyOf(result.terms().keySet());
    } catch (IOException e) {
      throw AtomicFile.failed(file, e);
    }
  }

  /** Length of all lines so far. */
  long bytes() {
    return bytes;
  }

  /** CRC-32C of all lines so far. */
  int checksum() {
    return (int) checksum.getValue();
  }

  /** Forces all lines so far to the disk. */
  void force() {
    try {
      out.flush();
      disk.force(false);
    } catch (IOException e) {
      throw AtomicFile.failed(file, e);
    }
  }

  /** Interrupts the training, to be resumed later: only the draft is kept. */
  void leave() {
    settled = true;
  }

  /** Completes the history: it is moved into place. */
  public void finish() {
    force();
    try {
      put(file);
      settled = true;
      Files.deleteIfExists(failedFile());
    } catch (IOException e) {
      throw AtomicFile.failed(file, e);
    }
  }

  private void put(Path target) throws IOException {
    if (temporary != null) {
      temporary.commit(target);
    } else {
      AtomicFile.write(target, copy -> Files.copy(draft, copy));
    }
  }

  /** Closes the draft; what a training that failed had written is kept. */
  @Override
  public void close() {
    try {
      try {
        if (!settled) {
          settle();
        }
      } finally {
        disk.close();
        if (temporary != null) {
          temporary.close();
        }
      }
    } catch (IOException e) {
      throw AtomicFile.failed(file, e);
    }
  }

  private void settle() throws IOException {
    out.flush();
    if (bytes > 0) {
      put(failedFile());
    } else if (draft != null) {
      Files.deleteIfExists(draft);
    }
  }
}
