package org.mskd.targets;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.mskd.dataset.SliceRef;
import org.mskd.file.AtomicFile;
import org.mskd.file.TemporaryFile;

/**
 * Writes a store of teacher outputs slice by slice. The file exists only after {@link #finish}.
 * Equal outputs give equal bytes. Not thread-safe.
 */
public final class TargetStoreWriter implements AutoCloseable {
  private final Path file;
  private final TemporaryFile temporary;
  private final TargetLayout layout;
  private final long maxBytes;
  private final CRC32C checksum = new CRC32C();
  private final OutputStream out;
  private final List<TargetDirectory.Entry> entries = new ArrayList<>();
  private long bytes;

  private TargetStoreWriter(
      Path file, TemporaryFile temporary, TargetLayout layout, long maxBytes) {
    this.file = file;
    this.temporary = temporary;
    this.layout = layout;
    this.maxBytes = maxBytes;
    OutputStream disk = Channels.newOutputStream(temporary.channel());
    this.out = new CheckedOutputStream(new BufferedOutputStream(disk, 1 << 16), checksum);
  }

  /**
   * Starts a store, and creates its folder where needed.
   *
   * @param teachers digest that identifies the teachers, such as that of their files' digests
   * @param maxBytes the largest size of the file
   * @throws org.mskd.problem.BadInputException if the folder cannot be written
   */
  public static TargetStoreWriter create(
      Path file, TargetLayout layout, String teachers, long maxBytes) {
    TargetStoreWriter writer;
    try {
      writer = new TargetStoreWriter(file, TemporaryFile.of(file), layout, maxBytes);
    } catch (IOException e) {
      throw AtomicFile.failed(file, e);
    }
    try {
      writer.write(new TargetStoreHeader(layout, teachers).bytes());
      return writer;
    } catch (IOException e) {
      writer.close();
      throw AtomicFile.failed(file, e);
    }
  }

  /**
   * Adds a slice.
   *
   * @param slice after the one before it
   * @param block all teachers' outputs, of this store's layout
   * @return false if the file would be too large, or the slice alone larger than 1 GiB: nothing is
   *     added
   * @throws IllegalArgumentException if the slice is not after the one before it, or the block is
   *     of another layout
   * @throws org.mskd.problem.BadInputException if the disk is full
   */
  public boolean add(SliceRef slice, SliceBlock block) {
    if (!block.layout().equals(layout)) {
      throw new IllegalArgumentException("a slice of " + block.layout() + " for " + layout);
    }
    if (!entries.isEmpty() && entries.get(entries.size() - 1).slice().compareTo(slice) >= 0) {
      throw new IllegalArgumentException(slice + " after " + entries.get(entries.size() - 1));
    }
    long length = block.length();
    long end = bytes + length + TargetDirectory.bytes(entries.size() + 1L) + TargetFormat.TRAILER;
    if (length > TargetStore.MOST_BLOCK || end > maxBytes) {
      return false;
    }
    try {
      write(block.bytes());
    } catch (IOException e) {
      throw AtomicFile.failed(file, e);
    }
    entries.add(new TargetDirectory.Entry(slice, (int) length));
    return true;
  }

  private void write(byte[] some) throws IOException {
    out.write(some);
    bytes += some.length;
  }

  /**
   * Completes the file and moves it into place.
   *
   * @throws org.mskd.problem.BadInputException if the disk is full; nothing is left
   */
  public void finish() {
    try {
      write(new TargetDirectory(entries).bytes());
      write(buffer().putInt(entries.size()).array());
      write(buffer().putInt((int) checksum.getValue()).array());
      out.flush();
      temporary.commit();
    } catch (IOException e) {
      throw AtomicFile.failed(file, e);
    }
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocate(Integer.BYTES).order(TargetFormat.ORDER);
  }

  /** Deletes what was written, unless it is finished. */
  @Override
  public void close() {
    try {
      temporary.close();
    } catch (IOException e) {
      throw AtomicFile.failed(file, e);
    }
  }
}
