package org.mskd.model;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mskd.file.AtomicFile;
import org.mskd.file.Sha256;

/**
 * An uncompressed entry of a zip. Its size and CRC must be known before it is written, so its
 * content is generated twice instead of being held in memory.
 */
record StoredEntry(String name, AtomicFile.Content content, long size, long crc, String sha256) {
  // A local time, so that no time zone gets in; from 1 January 1980 Java adds an extra field.
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  static StoredEntry of(String name, AtomicFile.Content content) throws IOException {
    MessageDigest digest = Sha256.digest();
    CRC32 crc = new CRC32();
    Counter counter = new Counter();
    try (OutputStream out = new DigestOutputStream(new CheckedOutputStream(counter, crc), digest)) {
      content.writeTo(out);
    }
    return new StoredEntry(name, content, counter.bytes, crc.getValue(), Sha256.hex(digest));
  }

  void writeTo(ZipOutputStream zip) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size);
    entry.setCompressedSize(size);
    entry.setCrc(crc);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    content.writeTo(zip);
    zip.closeEntry();
  }

  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int value) {
      bytes++;
    }

    @Override
    public void write(byte[] values, int offset, int length) {
      bytes += length;
    }
  }
}
