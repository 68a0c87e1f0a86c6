package org.mskd.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A zip written field by field (APPNOTE.TXT, 4.3), so that it can say what a library for zips would
 * refuse to write.
 */
final class CraftedZip {
  /** The fields of both headers of an entry; right ones until a test changes them. */
  static final class Entry {
    byte[] name;
    byte[] content;
    byte[] centralName;
    short flags;
    short method;
    int crc;
    long compressed;
    long size;
    int attributes;
    byte[] localExtra = {};
    byte[] centralExtra = {};
    byte[] comment = {};

    Entry(String name, byte[] content) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
      this.centralName = this.name;
      this.content = content;
      this.crc = crc(content);
      this.compressed = content.length;
      this.size = content.length;
    }

    /** The content deflated. */
    Entry deflated() {
      Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
      deflater.setInput(content);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] block = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(block, 0, deflater.deflate(block));
      }
      deflater.end();
      content = out.toByteArray();
      compressed = content.length;
      method = 8;
      return this;
    }
  }

  final List<Entry> entries = new ArrayList<>();
  byte[] before = {};
  byte[] between = {};
  byte[] after = {};
  byte[] comment = {};

  CraftedZip add(String name, byte[] content) {
    entries.add(new Entry(name, content));
    return this;
  }

  Entry entry(String name) {
    return entries.stream()
        .filter(entry -> new String(entry.name, StandardCharsets.UTF_8).equals(name))
        .findFirst()
        .orElseThrow();
  }

  static int crc(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return (int) crc.getValue();
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(before);
    List<Integer> offsets = new ArrayList<>();
    for (Entry entry : entries) {
      offsets.add(out.size());
      ByteBuffer local = little(30).putInt(0x04034b50).putShort((short) 10);
      sizes(local, entry).putShort((short) entry.name.length);
      out.writeBytes(local.putShort((short) entry.localExtra.length).array());
      out.writeBytes(entry.name);
      out.writeBytes(entry.localExtra);
      out.writeBytes(entry.content);
      out.writeBytes(between);
    }
    int central = out.size();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      ByteBuffer header = little(46).putInt(0x02014b50).putShort((short) (3 << 8 | 20));
      sizes(header.putShort((short) 10), entry).putShort((short) entry.centralName.length);
      header.putShort((short) entry.centralExtra.length).putShort((short) entry.comment.length);
      header.putShort((short) 0).putShort((short) 0).putInt(entry.attributes);
      out.writeBytes(header.putInt(offsets.get(i)).array());
      out.writeBytes(entry.centralName);
      out.writeBytes(entry.centralExtra);
      out.writeBytes(entry.comment);
    }
    short count = (short) entries.size();
    ByteBuffer end = little(22).putInt(0x06054b50).putInt(0).putShort(count).putShort(count);
    end.putInt(out.size() - central).putInt(central).putShort((short) comment.length);
    out.writeBytes(end.array());
    out.writeBytes(comment);
    out.writeBytes(after);
    return out.toByteArray();
  }

  /** From the flags to the size, which both headers have. */
  private static ByteBuffer sizes(ByteBuffer header, Entry entry) {
    header.putShort(entry.flags).putShort(entry.method).putShort((short) 0);
    header.putShort((short) 0x0041).putInt(entry.crc); // 1 February 1980
    return header.putInt((int) entry.compressed).putInt((int) entry.size);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
