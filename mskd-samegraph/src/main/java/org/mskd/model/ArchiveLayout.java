package org.mskd.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The layout of an archive's bytes (APPNOTE.TXT 6.3.10, 4.3): local headers, each followed by its
 * entry's content, then the central directory and its end record, without a gap. So a file holds
 * nothing that the central directory does not name, and both kinds of headers say the same. Extra
 * fields, comments, encryption, and entries that are links or folders are refused. An archive of 4
 * GB or more has further records (ZIP64), and is not checked here.
 */
final class ArchiveLayout {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final long ZIP64 = 0xFFFFFFFFL;

  /** Names are UTF-8; the only general purpose flag that does not change how content is read. */
  private static final int UTF8 = 0x0800;

  /** The kind of a file in the Unix mode, the upper half of the external attributes. */
  private static final int KIND = 0xF000;

  private static final int REGULAR = 0x8000;

  private final FileChannel file;
  private final String source;

  private ArchiveLayout(FileChannel file, String source) {
    this.file = file;
    this.source = source;
  }

  /**
   * Checks the layout of a zip whose entries' names and sizes were checked.
   *
   * @param entries how many it has
   * @throws org.mskd.problem.BadInputException if it is another one
   */
  static void require(Path path, int entries, String source) throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      if (file.size() < ZIP64) {
        new ArchiveLayout(file, source).require(entries);
      }
    }
  }

  private void require(int entries) throws IOException {
    long endAt = file.size() - END_BYTES;
    require(endAt >= 0, "it is shorter than a zip");
    ByteBuffer end = bytes(endAt, END_BYTES);
    long central = unsigned(end, 16);
    require(
        end.getInt(0) == END && end.getShort(20) == 0 && central + unsigned(end, 12) == endAt,
        "bytes follow its last entry");
    require(
        end.getInt(4) == 0 && end.getShort(8) == entries && end.getShort(10) == entries,
        "its end record counts other entries than it holds");
    long at = central;
    long next = 0;
    for (int i = 0; i < entries; i++) {
      require(at + CENTRAL_BYTES <= endAt, "its directory is cut off");
      ByteBuffer header = bytes(at, CENTRAL_BYTES);
      require(header.getInt(0) == CENTRAL, "its directory is damaged");
      require(header.getInt(30) == 0 && header.getShort(34) == 0, "an entry has an extra field");
      int kind = header.getShort(40) & KIND;
      require(kind == 0 || kind == REGULAR, "an entry is not an ordinary file");
      require(unsigned(header, 42) == next, "it holds bytes beside its entries");
      next = requireLocal(header, at, next, central);
      at += CENTRAL_BYTES + (header.getShort(28) & 0xFFFF);
    }
    require(at == endAt && next == central, "it holds bytes beside its entries");
  }

  /** Compares a local header with that of the directory; returns where the content ends. */
  private long requireLocal(ByteBuffer header, long headerAt, long localAt, long central)
      throws IOException {
    int name = header.getShort(28) & 0xFFFF;
    long content = localAt + LOCAL_BYTES + name;
    require(content <= central, "an entry begins outside of it");
    ByteBuffer local = bytes(localAt, LOCAL_BYTES + name);
    require(
        local.getInt(0) == LOCAL && local.getShort(28) == 0, "an entry has no header, or fields");
    require((header.getShort(8) & ~UTF8) == 0, "an entry is encrypted, or has other flags");
    // From flags to the name's length: from 8 in the directory, from 6 in the local header.
    byte[] ofDirectory = Arrays.copyOfRange(header.array(), 8, 30);
    byte[] ofLocal = Arrays.copyOfRange(local.array(), 6, 28);
    byte[] directoryName = bytes(headerAt + CENTRAL_BYTES, name).array();
    byte[] localName = Arrays.copyOfRange(local.array(), LOCAL_BYTES, LOCAL_BYTES + name);
    require(
        Arrays.equals(ofDirectory, ofLocal) && Arrays.equals(directoryName, localName),
        "the two headers of an entry differ");
    return content + unsigned(header, 20);
  }

  private ByteBuffer bytes(long at, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {}
    require(!bytes.hasRemaining(), "it ends early");
    return bytes;
  }

  private static long unsigned(ByteBuffer bytes, int at) {
    return bytes.getInt(at) & ZIP64;
  }

  private void require(boolean condition, String problem) {
    if (!condition) {
      throw UnreadableModel.because(source, problem);
    }
  }
}
