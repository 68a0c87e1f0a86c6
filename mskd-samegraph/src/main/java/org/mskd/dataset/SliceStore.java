package org.mskd.dataset;

import java.io.IOException;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.mskd.file.ChannelBytes;
import org.mskd.file.FileBytes;
import org.mskd.problem.BadInputException;

/**
 * The slices of one subject on disk, each read on request, so that memory does not grow with the
 * data. The whole file is checked when it is opened. Thread-safe.
 */
public final class SliceStore implements SliceSource, AutoCloseable {
  private final PreparedSubject subject;
  private final int[] annotated;
  private volatile SliceRun images;
  private volatile SliceRun labels;

  private SliceStore(PreparedSubject subject, SliceRun images, SliceRun labels) {
    this.subject = subject;
    this.annotated = subject.annotatedSlices().stream().mapToInt(Integer::intValue).toArray();
    this.images = images;
    this.labels = labels;
  }

  /**
   * Opens a store, reading it once to check it.
   *
   * @throws BadInputException if it is missing, of another version, cut off or damaged
   */
  public static SliceStore open(Path file) {
    return reading(file, channel -> checked(file, channel));
  }

  /**
   * Reads the header alone: how the subject was prepared.
   *
   * @throws BadInputException if it is missing, of another version or cut off
   */
  public static PreparedSubject subject(Path file) {
    return reading(file, channel -> SliceStoreHeader.read(file, channel).subject());
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(FileChannel channel) throws IOException;
  }

  private static <T> T reading(Path file, Reading<T> reading) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(file + " is missing.", "Run mskd:prepare again.");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return reading.of(channel);
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be read: " + e.getMessage() + ".",
          "Check the disk, or delete it and run mskd:prepare again.",
          e);
    }
  }

  private static SliceStore checked(Path file, FileChannel channel) throws IOException {
    SliceStoreHeader header = SliceStoreHeader.read(file, channel);
    checkSum(file, channel, channel.size() - SliceStoreFormat.TRAILER);
    PreparedSubject subject = header.subject();
    int slices = subject.geometry().slices();
    int area = subject.geometry().area();
    FileBytes bytes = new FileBytes(file, SliceStoreFormat.ORDER);
    return new SliceStore(
        subject,
        new SliceRun(bytes, header.pixels(), slices, area * Short.BYTES),
        subject.labelled() ? new SliceRun(bytes, header.labels(), slices, area) : null);
  }

  private static void checkSum(Path file, FileChannel channel, long end) throws IOException {
    int computed = ChannelBytes.crc32c(channel, end);
    int stored =
        ChannelBytes.read(channel, end, SliceStoreFormat.TRAILER, SliceStoreFormat.ORDER).getInt();
    if (stored != computed) {
      throw SliceStoreFormat.damaged(file, "its checksum differs, so it is damaged");
    }
  }

  /** How the subject was prepared. */
  public PreparedSubject subject() {
    return subject;
  }

  @Override
  public String id() {
    return subject.id();
  }

  @Override
  public SliceGeometry geometry() {
    return subject.geometry();
  }

  /** Whether there are label slices. */
  public boolean labelled() {
    return subject.labelled();
  }

  /** The slices that show the organ, ascending; a copy. */
  public int[] annotatedSlices() {
    return annotated.clone();
  }

  @Override
  public void image(int slice, float[] out, int offset) {
    ShortBuffer pixels = open(images).slice(slice).asShortBuffer();
    int area = subject.geometry().area();
    Objects.checkFromIndexSize(offset, area, out.length);
    for (int i = 0; i < area; i++) {
      out[offset + i] = SliceStoreFormat.dequantise(pixels.get(i));
    }
  }

  /**
   * Reads a label slice, {@code [size][size]} class indices, to {@code out} from {@code offset}.
   *
   * @throws IllegalStateException if the subject is not labelled
   */
  public void label(int slice, byte[] out, int offset) {
    if (!subject.labelled()) {
      throw new IllegalStateException(subject.id() + " has no label slices");
    }
    open(labels).slice(slice).get(0, out, offset, subject.geometry().area());
  }

  private static SliceRun open(SliceRun slices) {
    if (slices == null) {
      throw new IllegalStateException("the slice store is closed");
    }
    return slices;
  }

  /** Ends the use of the store; reads in progress in other threads complete. */
  @Override
  public void close() {
    images = null;
    labels = null;
  }
}
