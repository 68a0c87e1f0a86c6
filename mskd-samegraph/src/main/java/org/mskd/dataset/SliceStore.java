package org.mskd.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.mskd.experiment.ExperimentJson;
import org.mskd.problem.BadInputException;

/**
 * The slices of one subject on disk, read memory-mapped, so that memory does not grow with the
 * data. Checked whole when opened. Safe for many threads.
 */
public final class SliceStore implements AutoCloseable {
  private final PreparedSubject subject;
  private final int[] annotated;
  private volatile MappedSlices images;
  private volatile MappedSlices labels;

  private SliceStore(PreparedSubject subject, MappedSlices images, MappedSlices labels) {
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
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(file + " is missing.", "Run mskd:prepare again.");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return map(file, channel);
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be read: " + e.getMessage() + ".",
          "Check the disk, or delete it and run mskd:prepare again.",
          e);
    }
  }

  private static SliceStore map(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer prefix = read(channel, 0, (int) Math.min(size, SliceStoreFormat.PREFIX));
    if (prefix.remaining() < SliceStoreFormat.PREFIX
        || prefix.getLong() != SliceStoreFormat.MAGIC) {
      throw SliceStoreFormat.damaged(file, "it does not begin like a slice store");
    }
    int version = prefix.getInt();
    if (version != SliceStoreFormat.VERSION) {
      throw SliceStoreFormat.damaged(
          file, "it is of version " + version + ", this program's is " + SliceStoreFormat.VERSION);
    }
    int headerLength = prefix.getInt();
    long pixels = (long) SliceStoreFormat.PREFIX + headerLength;
    if (headerLength < 0
        || headerLength > SliceStoreFormat.MOST_HEADER
        || pixels + SliceStoreFormat.TRAILER > size) {
      throw SliceStoreFormat.damaged(file, "it ends within its header");
    }
    checkSum(file, channel, size - SliceStoreFormat.TRAILER);
    PreparedSubject subject = subject(file, read(channel, SliceStoreFormat.PREFIX, headerLength));
    SliceGeometry geometry = subject.geometry();
    long imageBytes = (long) geometry.slices() * geometry.area() * Short.BYTES;
    long labelBytes = subject.labelled() ? (long) geometry.slices() * geometry.area() : 0;
    if (pixels + imageBytes + labelBytes + SliceStoreFormat.TRAILER != size) {
      throw SliceStoreFormat.damaged(file, "its length is not what its header says");
    }
    return new SliceStore(
        subject,
        new MappedSlices(channel, pixels, geometry.slices(), geometry.area() * Short.BYTES),
        subject.labelled()
            ? new MappedSlices(channel, pixels + imageBytes, geometry.slices(), geometry.area())
            : null);
  }

  private static void checkSum(Path file, FileChannel channel, long end) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer block = ByteBuffer.allocateDirect(1 << 18);
    for (long position = 0; position < end; ) {
      block.clear().limit((int) Math.min(block.capacity(), end - position));
      int read = channel.read(block, position);
      if (read < 0) {
        throw SliceStoreFormat.damaged(file, "it became shorter while it was read");
      }
      checksum.update(block.flip());
      position += read;
    }
    int stored = read(channel, end, SliceStoreFormat.TRAILER).getInt();
    if (stored != (int) checksum.getValue()) {
      throw SliceStoreFormat.damaged(file, "its checksum differs: it is cut off or damaged");
    }
  }

  private static PreparedSubject subject(Path file, ByteBuffer header) {
    try {
      return ExperimentJson.read(
          StandardCharsets.UTF_8.decode(header).toString(), PreparedSubject.class);
    } catch (IllegalArgumentException e) {
      throw SliceStoreFormat.damaged(file, "its header is not one of a slice store");
    }
  }

  private static ByteBuffer read(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(SliceStoreFormat.ORDER);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        break;
      }
    }
    return bytes.flip();
  }

  /** What was done to the subject. */
  public PreparedSubject subject() {
    return subject;
  }

  /** Number of slices. */
  public int slices() {
    return subject.geometry().slices();
  }

  /** Side of a slice, pixels. */
  public int size() {
    return subject.geometry().sliceSize();
  }

  /** Whether there are label slices. */
  public boolean labelled() {
    return subject.labelled();
  }

  /** The slices that show the organ, ascending; a copy. */
  public int[] annotatedSlices() {
    return annotated.clone();
  }

  /** Reads an image slice, {@code [size][size]} in [-1, 1], to {@code out} from {@code offset}. */
  public void image(int slice, float[] out, int offset) {
    ShortBuffer pixels = open(images).slice(checked(slice)).asShortBuffer();
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
    open(labels).slice(checked(slice)).get(0, out, offset, subject.geometry().area());
  }

  private int checked(int slice) {
    return Objects.checkIndex(slice, slices());
  }

  private static MappedSlices open(MappedSlices slices) {
    if (slices == null) {
      throw new IllegalStateException("the slice store is closed");
    }
    return slices;
  }

  /** Lets the mapped memory go; reads in other threads end as they would have. */
  @Override
  public void close() {
    images = null;
    labels = null;
  }
}
