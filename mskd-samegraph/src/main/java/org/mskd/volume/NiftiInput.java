package org.mskd.volume;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mskd.problem.BadInputException;

/** The uncompressed bytes of a file, front to back, with failures that name the file. */
final class NiftiInput implements AutoCloseable {
  /** Deflate cannot do better: 258 bytes from 2 bits (RFC 1951, section 3.2.5). */
  private static final long BEST_RATIO = 1032;

  private static final String REMEDY =
      "The file is damaged or was not copied whole; copy or export it again.";

  private final Path file;
  private final InputStream in;
  private final long fileSize;
  private final boolean compressed;
  private long position;

  private NiftiInput(Path file, InputStream in, long fileSize, boolean compressed) {
    this.file = file;
    this.in = in;
    this.fileSize = fileSize;
    this.compressed = compressed;
  }

  /** Opens a file with a header; its first bytes, not its name, decide whether it is compressed. */
  static NiftiInput ofHeader(Path file) {
    return open(file, false);
  }

  /** Opens the voxels of a pair, whose first bytes could be anything: the name decides. */
  static NiftiInput ofImage(Path file) {
    return open(file, true);
  }

  private static NiftiInput open(Path file, boolean byName) {
    try {
      InputStream raw = Files.newInputStream(file);
      try {
        byte[] start = raw.readNBytes(2);
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(start), raw);
        boolean compressed =
            byName
                ? NiftiFiles.isCompressedName(file)
                : start.length == 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
        return new NiftiInput(
            file, compressed ? new GzipMembers(all) : all, Files.size(file), compressed);
      } catch (IOException | RuntimeException e) {
        raw.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Skips to byte {@code offset}, after a check that {@code bytes} can follow it: that the file is
   * long enough or, if compressed, that the best compression could have packed them into it.
   */
  void skipTo(long offset, long bytes) {
    long declared = offset + bytes;
    if (compressed ? declared / BEST_RATIO > fileSize : declared > fileSize) {
      throw new BadInputException(
          file
              + " is too short: its header declares "
              + declared
              + " bytes, the file has "
              + fileSize
              + (compressed ? ", compressed." : "."),
          REMEDY);
    }
    skip(offset - position);
  }

  /** Fills {@code length} bytes. */
  void read(byte[] out, int length) {
    try {
      int count = in.readNBytes(out, 0, length);
      position += count;
      if (count < length) {
        throw new BadInputException(
            file + " ends too early, after " + position + " bytes" + content() + ".", REMEDY);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Skips {@code count} bytes, by reading them: they may be damaged too. */
  void skip(long count) {
    byte[] block = new byte[(int) Math.min(count, 1 << 16)];
    for (long left = count; left > 0; left -= block.length) {
      read(block, (int) Math.min(left, block.length));
    }
  }

  /** Fails unless this is the end, with the checksum of compressed data right. */
  void expectEnd() {
    try {
      if (in.read() >= 0) {
        throw new BadInputException(
            file
                + " holds more than the "
                + position
                + " bytes its header declares"
                + content()
                + ".",
            "Its header (dim, datatype or vox_offset) or the file is damaged; export it again.");
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private String content() {
    return compressed ? " of uncompressed content" : "";
  }

  private static BadInputException unreadable(Path file, IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return new BadInputException(file + " may not be read.", "Change its permissions.", cause);
    }
    String reason =
        cause instanceof EOFException || cause.getMessage() == null
            ? "it ends too early"
            : cause.getMessage();
    return new BadInputException(file + " cannot be read: " + reason + ".", REMEDY, cause);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
