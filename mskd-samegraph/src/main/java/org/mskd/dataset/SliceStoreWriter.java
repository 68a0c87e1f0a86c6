package org.mskd.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;

/** Writes slice stores atomically. */
public final class SliceStoreWriter {
  private SliceStoreWriter() {}

  /** Gives the slices of a subject; each is requested once and in order. */
  public interface Slices {
    /** Fills {@code out}, {@code [sliceSize][sliceSize]}, with image slice {@code slice}. */
    void image(int slice, float[] out);

    /** Fills {@code out} with label slice {@code slice}; called for labelled subjects only. */
    void label(int slice, byte[] out);
  }

  /**
   * Writes one subject.
   *
   * @throws org.mskd.problem.BadInputException if the file cannot be written; nothing is left of it
   */
  public static void write(Path target, PreparedSubject subject, Slices slices) {
    AtomicFile.write(
        target,
        out -> {
          CRC32C checksum = new CRC32C();
          // Not closed: the file below belongs to AtomicFile.
          OutputStream checked = new CheckedOutputStream(out, checksum);
          checked.write(prefix(subject));
          writeImages(checked, subject, slices);
          if (subject.labelled()) {
            writeLabels(checked, subject, slices);
          }
          out.write(buffer(SliceStoreFormat.TRAILER).putInt((int) checksum.getValue()).array());
        });
  }

  private static byte[] prefix(PreparedSubject subject) {
    byte[] json = ExperimentJson.write(subject).getBytes(StandardCharsets.UTF_8);
    int alignment = SliceStoreFormat.ALIGNMENT;
    byte[] header =
        Arrays.copyOf(
            json, Math.multiplyExact((json.length + alignment - 1) / alignment, alignment));
    Arrays.fill(header, json.length, header.length, (byte) ' ');
    return buffer(SliceStoreFormat.PREFIX + header.length)
        .putLong(SliceStoreFormat.MAGIC)
        .putInt(SliceStoreFormat.VERSION)
        .putInt(header.length)
        .put(header)
        .array();
  }

  private static void writeImages(OutputStream out, PreparedSubject subject, Slices slices)
      throws IOException {
    float[] image = new float[subject.geometry().area()];
    ByteBuffer bytes = buffer(image.length * Short.BYTES);
    for (int slice = 0; slice < subject.geometry().slices(); slice++) {
      slices.image(slice, image);
      bytes.clear();
      for (float value : image) {
        bytes.putShort(SliceStoreFormat.quantise(value));
      }
      out.write(bytes.array());
    }
  }

  private static void writeLabels(OutputStream out, PreparedSubject subject, Slices slices)
      throws IOException {
    byte[] label = new byte[subject.geometry().area()];
    for (int slice = 0; slice < subject.geometry().slices(); slice++) {
      slices.label(slice, label);
      out.write(label);
    }
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(SliceStoreFormat.ORDER);
  }
}
