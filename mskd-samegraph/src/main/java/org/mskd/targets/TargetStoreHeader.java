package org.mskd.targets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.ChannelBytes;

/**
 * The header of a store.
 *
 * @param layout what the store contains of each slice
 * @param teachers digest of the teachers
 */
record TargetStoreHeader(TargetLayout layout, String teachers) {
  /** Its bytes, prefix and padding included. */
  byte[] bytes() {
    byte[] json = ExperimentJson.write(this).getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (int) TargetFormat.aligned(json.length));
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return ByteBuffer.allocate(TargetFormat.PREFIX + padded.length)
        .order(TargetFormat.ORDER)
        .putLong(TargetFormat.MAGIC)
        .putInt(TargetFormat.VERSION)
        .putInt(padded.length)
        .put(padded)
        .array();
  }

  /**
   * A store's header.
   *
   * @param layout with the teachers whose features it holds
   * @param blocks where its blocks begin, bytes
   */
  record Found(TargetLayout layout, long blocks) {}

  /**
   * Checks that a store has this header; of which teachers it has features may differ.
   *
   * @throws org.mskd.problem.BadInputException if it is no store, one of another version, layout or
   *     teachers, or cut off
   */
  Found require(Path file, FileChannel channel) throws IOException {
    ByteBuffer prefix = ChannelBytes.read(channel, 0, TargetFormat.PREFIX, TargetFormat.ORDER);
    if (prefix.remaining() < TargetFormat.PREFIX || prefix.getLong() != TargetFormat.MAGIC) {
      throw TargetFormat.damaged(file, "it is not a store of teacher outputs");
    }
    int version = prefix.getInt();
    if (version != TargetFormat.VERSION) {
      throw TargetFormat.damaged(
          file,
          "its version is " + version + ", this program reads version " + TargetFormat.VERSION);
    }
    int length = prefix.getInt();
    long blocks = (long) TargetFormat.PREFIX + length;
    if (length < 0
        || length > TargetFormat.MOST_HEADER
        || blocks + TargetFormat.TRAILER > channel.size()) {
      throw TargetFormat.damaged(file, "it ends within its header");
    }
    TargetStoreHeader found =
        parse(file, ChannelBytes.read(channel, TargetFormat.PREFIX, length, TargetFormat.ORDER));
    if (!found.layout.withLogitsOnly(layout.logitsOnly()).equals(layout)) {
      throw TargetFormat.damaged(file, "it holds " + found.layout + ", not " + layout);
    }
    if (!found.teachers.equals(teachers)) {
      throw TargetFormat.damaged(file, "it holds the outputs of other teachers");
    }
    return new Found(found.layout, blocks);
  }

  private static TargetStoreHeader parse(Path file, ByteBuffer json) {
    try {
      TargetStoreHeader header =
          ExperimentJson.read(
              StandardCharsets.UTF_8.decode(json).toString(), TargetStoreHeader.class);
      if (header != null && header.layout != null && header.teachers != null) {
        return header;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, as any other invalid header.
    }
    throw TargetFormat.damaged(file, "its header is not that of a store of teacher outputs");
  }
}
