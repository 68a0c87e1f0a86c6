package org.mskd.volume;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses a gzip file (RFC 1952) of one or more members. Unlike the platform's stream it does
 * not take what follows the last member for the end: only zero padding may follow, as for gzip
 * itself; anything else is a damaged or wrongly joined file.
 */
final class GzipMembers extends InputStream {
  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream file;
  private final byte[] block = new byte[1 << 16];
  private int at;
  private int end;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private boolean done;

  /** Reads {@code file} from its first member's header on. */
  GzipMembers(InputStream file) throws IOException {
    this.file = file;
    memberHeader();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!done) {
      int count = inflate(out, offset, length);
      if (count > 0) {
        crc.update(out, offset, count);
        return count;
      }
      if (inflater.finished()) {
        finishMember();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("it needs a preset dictionary");
      } else if (!fill()) {
        throw new EOFException("the compressed data ends early");
      } else {
        inflater.setInput(block, at, end - at);
      }
    }
    return -1;
  }

  private int inflate(byte[] out, int offset, int length) throws ZipException {
    try {
      return inflater.inflate(out, offset, length);
    } catch (DataFormatException e) {
      throw new ZipException("the compressed data is damaged (" + e.getMessage() + ")");
    }
  }

  private void memberHeader() throws IOException {
    if (next() != 0x1f || next() != 0x8b) {
      throw new ZipException("it is not gzip-compressed");
    }
    remainingHeader();
  }

  private void remainingHeader() throws IOException {
    int method = next();
    int flags = next();
    if (method != 8 || (flags & RESERVED) != 0) {
      throw new ZipException("its gzip header is damaged");
    }
    skipHeader(6);
    if ((flags & FEXTRA) != 0) {
      skipHeader(littleEndian(2));
    }
    if ((flags & FNAME) != 0) {
      skipText();
    }
    if ((flags & FCOMMENT) != 0) {
      skipText();
    }
    if ((flags & FHCRC) != 0) {
      skipHeader(2);
    }
    crc.reset();
    inflater.reset();
    inflater.setInput(block, at, end - at);
  }

  private void finishMember() throws IOException {
    at = end - inflater.getRemaining();
    if (littleEndian(4) != crc.getValue()) {
      throw new ZipException("its checksum does not match its content");
    }
    if (littleEndian(4) != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("its stored length does not match its content");
    }
    if (!more()) {
      done = true;
      return;
    }
    int first = next();
    if (first == 0x1f && more() && next() == 0x8b) {
      remainingHeader();
      return;
    }
    while (first == 0 && more()) {
      first = next();
    }
    if (first != 0) {
      throw new ZipException("other bytes follow the end of the compressed data");
    }
    done = true;
  }

  private boolean more() throws IOException {
    return at < end || fill();
  }

  private boolean fill() throws IOException {
    int count = file.read(block, 0, block.length);
    at = 0;
    end = Math.max(count, 0);
    return count > 0;
  }

  private int next() throws IOException {
    if (!more()) {
      throw new EOFException("the compressed data ends early");
    }
    return block[at++] & 0xff;
  }

  private long littleEndian(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) next() << (8 * i);
    }
    return value;
  }

  private void skipHeader(long count) throws IOException {
    for (long i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // A zero ends the text.
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    file.close();
  }
}
