package org.mskd.targets;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import org.mskd.dataset.SliceRef;
import org.mskd.file.ChannelBytes;
import org.mskd.problem.BadInputException;

/**
 * What teachers said about slices, read memory-mapped, so that memory does not grow with it.
 * Checked whole when opened. Safe for many threads.
 */
public final class TargetStore implements AutoCloseable {
  /** The largest mapping that is made, bytes. */
  static final int PIECE = 1 << 30;

  private final TargetLayout layout;
  private volatile Map<SliceRef, ByteBuffer> blocks;

  private TargetStore(TargetLayout layout, Map<SliceRef, ByteBuffer> blocks) {
    this.layout = layout;
    this.blocks = blocks;
  }

  /**
   * Opens a store, reading it once to check it.
   *
   * @param layout what it must hold
   * @param teachers whose words it must hold
   * @throws BadInputException if it is missing, of another version, layout or teachers, cut off or
   *     damaged
   */
  public static TargetStore open(Path file, TargetLayout layout, String teachers) {
    return open(file, layout, teachers, PIECE);
  }

  /** With mappings of another size, at least that of a block. */
  static TargetStore open(Path file, TargetLayout layout, String teachers, int piece) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(file + " is missing.", "Run the same goal again.");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long begin = new TargetStoreHeader(layout, teachers).require(file, channel);
      checkSum(file, channel);
      TargetDirectory directory = TargetDirectory.read(file, channel, begin);
      Map<SliceRef, ByteBuffer> blocks = map(channel, begin, directory, piece);
      blocks.forEach((slice, block) -> requireWhole(file, layout, slice, block));
      return new TargetStore(layout, blocks);
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be read: " + e.getMessage() + ".",
          "Check the disk, or delete it and run the same goal again.",
          e);
    }
  }

  private static void checkSum(Path file, FileChannel channel) throws IOException {
    long end = channel.size() - Integer.BYTES;
    int computed = ChannelBytes.crc32c(channel, end);
    if (ChannelBytes.read(channel, end, Integer.BYTES, TargetFormat.ORDER).getInt() != computed) {
      throw TargetFormat.damaged(file, "its checksum differs, so it is cut off or damaged");
    }
  }

  /** Each slice's block; consecutive ones share a mapping up to its largest size. */
  private static Map<SliceRef, ByteBuffer> map(
      FileChannel channel, long begin, TargetDirectory directory, int piece) throws IOException {
    Map<SliceRef, ByteBuffer> blocks = new TreeMap<>();
    List<TargetDirectory.Entry> entries = directory.entries();
    long at = begin;
    for (int first = 0, next; first < entries.size(); first = next) {
      long bytes = 0;
      for (next = first; next < entries.size(); next++) {
        if (next > first && bytes + entries.get(next).bytes() > piece) {
          break;
        }
        bytes += entries.get(next).bytes();
      }
      ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, at, bytes);
      int offset = 0;
      for (TargetDirectory.Entry entry : entries.subList(first, next)) {
        blocks.put(entry.slice(), mapped.slice(offset, entry.bytes()).order(TargetFormat.ORDER));
        offset += entry.bytes();
      }
      at += bytes;
    }
    return blocks;
  }

  private static void requireWhole(
      Path file, TargetLayout layout, SliceRef slice, ByteBuffer block) {
    try {
      if (new StoredSlice(layout, block).length() == block.limit()) {
        return;
      }
    } catch (BufferUnderflowException e) {
      // Told below, as any other wrong length.
    }
    throw TargetFormat.damaged(file, "what it holds of " + slice + " is not of its length");
  }

  /** What is kept of each slice. */
  public TargetLayout layout() {
    return layout;
  }

  /** The slices it holds, ascending. */
  public Set<SliceRef> slices() {
    return Set.copyOf(open().keySet());
  }

  /**
   * What is kept of one slice.
   *
   * @throws NoSuchElementException if it is not there
   */
  StoredSlice slice(SliceRef slice) {
    ByteBuffer block = open().get(slice);
    if (block == null) {
      throw new NoSuchElementException(slice + " is not in the store of teachers' outputs");
    }
    return new StoredSlice(layout, block);
  }

  private Map<SliceRef, ByteBuffer> open() {
    Map<SliceRef, ByteBuffer> now = blocks;
    if (now == null) {
      throw new IllegalStateException("the store of teachers' outputs is closed");
    }
    return now;
  }

  /** Lets the mapped memory go; reads in other threads end as they would have. */
  @Override
  public void close() {
    blocks = null;
  }
}
