package org.mskd.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.ChannelBytes;

/**
 * The beginning of a slice store.
 *
 * @param subject what the header describes
 * @param pixels where the image slices begin, bytes
 */
record SliceStoreHeader(PreparedSubject subject, long pixels) {
  /**
   * Reads the header and checks the file's length; the pixels are not checked.
   *
   * @throws org.mskd.problem.BadInputException if it is not a whole slice store of this version
   */
  static SliceStoreHeader read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer prefix =
        ChannelBytes.read(channel, 0, SliceStoreFormat.PREFIX, SliceStoreFormat.ORDER);
    if (prefix.remaining() < SliceStoreFormat.PREFIX
        || prefix.getLong() != SliceStoreFormat.MAGIC) {
      throw SliceStoreFormat.damaged(file, "it does not begin like a slice store");
    }
    int version = prefix.getInt();
    if (version != SliceStoreFormat.VERSION) {
      throw SliceStoreFormat.damaged(
          file,
          "its version is " + version + ", this program reads version " + SliceStoreFormat.VERSION);
    }
    int length = prefix.getInt();
    long pixels = (long) SliceStoreFormat.PREFIX + length;
    if (length < 0
        || length > SliceStoreFormat.MOST_HEADER
        || pixels + SliceStoreFormat.TRAILER > size) {
      throw SliceStoreFormat.damaged(file, "it ends within its header");
    }
    PreparedSubject subject =
        parse(
            file,
            ChannelBytes.read(channel, SliceStoreFormat.PREFIX, length, SliceStoreFormat.ORDER));
    SliceStoreHeader header = new SliceStoreHeader(subject, pixels);
    if (header.labels() + header.labelBytes() + SliceStoreFormat.TRAILER != size) {
      throw SliceStoreFormat.damaged(file, "its length differs from the one in its header");
    }
    return header;
  }

  private static PreparedSubject parse(Path file, ByteBuffer json) {
    try {
      return ExperimentJson.read(
          StandardCharsets.UTF_8.decode(json).toString(), PreparedSubject.class);
    } catch (IllegalArgumentException e) {
      throw SliceStoreFormat.damaged(file, "its header is not one of a slice store");
    }
  }

  /** Where the label slices begin, bytes. */
  long labels() {
    SliceGeometry geometry = subject.geometry();
    return pixels + (long) geometry.slices() * geometry.area() * Short.BYTES;
  }

  private long labelBytes() {
    SliceGeometry geometry = subject.geometry();
    return subject.labelled() ? (long) geometry.slices() * geometry.area() : 0;
  }
}
