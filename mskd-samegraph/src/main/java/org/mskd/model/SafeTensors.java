package org.mskd.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * Tensors in the safetensors format, 32-bit floats only: the header's length (8 bytes, little
 * endian), the header (JSON: dtype, shape and data_offsets of each tensor), then all values one
 * after the other, little endian. Written in the order of names, so that equal tensors give equal
 * bytes.
 */
public final class SafeTensors {
  /** The format's own limit on a header, bytes. */
  static final long MAXIMUM_HEADER = 100_000_000;

  private static final int LENGTH_BYTES = 8;
  private static final int BLOCK = 1 << 16;

  private SafeTensors() {}

  /**
   * Writes a file atomically.
   *
   * @param metadata free text kept in the header; may be empty
   * @throws IllegalArgumentException if two tensors share a name
   */
  public static void write(Path file, Collection<Tensor> tensors, Map<String, String> metadata) {
    AtomicFile.write(file, out -> write(out, tensors, metadata));
  }

  /** As above, to a stream, which stays open. */
  public static void write(
      OutputStream out, Collection<Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    List<Tensor> sorted = tensors.stream().sorted(Comparator.comparing(Tensor::name)).toList();
    for (int i = 0; i < sorted.size(); i++) {
      String name = sorted.get(i).name();
      if (name.equals(SafeTensorsHeader.METADATA)
          || (i > 0 && name.equals(sorted.get(i - 1).name()))) {
        throw new IllegalArgumentException("tensor name " + name + " is taken");
      }
    }
    byte[] header = SafeTensorsHeader.of(sorted, metadata).bytes();
    if (header.length > MAXIMUM_HEADER) {
      throw new IllegalArgumentException("a header of " + header.length + " bytes");
    }
    ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    out.write(block.putLong(header.length).array(), 0, LENGTH_BYTES);
    out.write(header);
    for (Tensor tensor : sorted) {
      float[] values = tensor.values();
      for (int at = 0; at < values.length; at += BLOCK / Float.BYTES) {
        int count = Math.min(BLOCK / Float.BYTES, values.length - at);
        block.clear().asFloatBuffer().put(values, at, count);
        out.write(block.array(), 0, count * Float.BYTES);
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws BadInputException if it cannot be read, or violates the format
   */
  public static TensorFile read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BLOCK)) {
      return read(in, Files.size(file), file.toString());
    } catch (IOException e) {
      throw UnreadableModel.because(file.toString(), "it cannot be read (" + e + ")", e);
    }
  }

  /**
   * Reads from a stream, which stays open. No more memory is taken than {@code length} allows.
   *
   * @param length bytes the stream holds
   * @param source the file's name, for messages
   * @throws BadInputException as above
   */
  public static TensorFile read(InputStream in, long length, String source) throws IOException {
    byte[] prefix = in.readNBytes(LENGTH_BYTES);
    if (length < LENGTH_BYTES || prefix.length < LENGTH_BYTES) {
      throw UnreadableModel.because(source, "it is shorter than a header's length");
    }
    long headerLength = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long rest = length - LENGTH_BYTES;
    if (headerLength < 0 || headerLength > MAXIMUM_HEADER || headerLength > rest) {
      throw UnreadableModel.because(
          source, "it declares a header of " + Long.toUnsignedString(headerLength) + " bytes");
    }
    byte[] header = in.readNBytes((int) headerLength);
    if (header.length < headerLength) {
      throw endsEarly(source);
    }
    SafeTensorsHeader parsed = SafeTensorsHeader.parse(header, rest - headerLength, source);
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    byte[] block = new byte[BLOCK];
    for (SafeTensorsHeader.Entry entry : parsed.entries()) {
      float[] values = values(in, entry.elements(), block, source);
      tensors.put(entry.name(), new Tensor(entry.name(), entry.shape(), values));
    }
    return new TensorFile(tensors, parsed.metadata());
  }

  private static float[] values(InputStream in, int count, byte[] block, String source)
      throws IOException {
    ByteBuffer little = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[count];
    for (int at = 0; at < count; at += BLOCK / Float.BYTES) {
      int part = Math.min(BLOCK / Float.BYTES, count - at);
      if (in.readNBytes(block, 0, part * Float.BYTES) < part * Float.BYTES) {
        throw endsEarly(source);
      }
      little.clear().asFloatBuffer().get(values, at, part);
    }
    return values;
  }

  private static BadInputException endsEarly(String source) {
    return UnreadableModel.because(source, "it ends early");
  }
}
