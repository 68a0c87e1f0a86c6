package org.mskd.targets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mskd.dataset.SliceRef;
import org.mskd.file.ChannelBytes;

/** A store's slices, in the order of their blocks. */
record TargetDirectory(List<Entry> entries) {
  TargetDirectory {
    entries = List.copyOf(entries);
  }

  /**
   * One slice.
   *
   * @param bytes length of its block
   */
  record Entry(SliceRef slice, int bytes) {}

  /** The length of the directory of so many slices, bytes. */
  static long bytes(long slices) {
    return slices * TargetFormat.ENTRY;
  }

  byte[] bytes() {
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(bytes(entries.size()))).order(TargetFormat.ORDER);
    for (Entry entry : entries) {
      SliceRef slice = entry.slice();
      out.putInt(slice.dataset()).putInt(slice.subject()).putInt(slice.slice());
      out.putInt(entry.bytes());
    }
    return out.array();
  }

  /**
   * Reads it from the end of a store.
   *
   * @param blocks where the first block begins, at most the trailer's length from the end, bytes
   * @throws org.mskd.problem.BadInputException if the blocks are not the bytes before it, or slices
   *     are not ascending
   */
  static TargetDirectory read(Path file, FileChannel channel, long blocks) throws IOException {
    long end = channel.size() - TargetFormat.TRAILER;
    int count = ChannelBytes.read(channel, end, Integer.BYTES, TargetFormat.ORDER).getInt();
    long begin = end - bytes(count);
    if (count < 0 || begin < blocks || bytes(count) > Integer.MAX_VALUE) {
      throw TargetFormat.damaged(file, "its length differs from the one in its directory");
    }
    ByteBuffer in = ChannelBytes.read(channel, begin, (int) bytes(count), TargetFormat.ORDER);
    List<Entry> entries = new ArrayList<>();
    long at = blocks;
    for (int i = 0; i < count; i++) {
      Entry entry = new Entry(new SliceRef(in.getInt(), in.getInt(), in.getInt()), in.getInt());
      if (entry.bytes < 0 || entry.bytes > TargetStore.MOST_BLOCK) {
        throw TargetFormat.damaged(file, "its directory has the invalid entry " + entry);
      }
      if (i > 0 && entries.get(i - 1).slice.compareTo(entry.slice) >= 0) {
        throw TargetFormat.damaged(file, "its slices are not in order");
      }
      entries.add(entry);
      at += entry.bytes;
    }
    if (at != begin) {
      throw TargetFormat.damaged(file, "its length differs from the one in its directory");
    }
    return new TargetDirectory(entries);
  }
}
