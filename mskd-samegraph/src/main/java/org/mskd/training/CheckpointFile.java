package org.mskd.training;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.file.ChannelBytes;
import org.mskd.model.SafeTensors;
import org.mskd.model.Tensor;
import org.mskd.problem.BadInputException;

/**
 * The file of a checkpoint, little endian: 8 bytes {@code MSKDCKP1}; the state's length, int32; the
 * {@link TrainingState} as JSON in UTF-8; the tensors as a safetensors file ({@link SafeTensors});
 * the CRC-32C of all bytes before, int32. It contains no code.
 */
final class CheckpointFile {
  private static final byte[] MAGIC = "MSKDCKP1".getBytes(StandardCharsets.US_ASCII);
  private static final int PREFIX = MAGIC.length + Integer.BYTES;

  /** A state is a few hundred bytes. */
  private static final int LARGEST_STATE = 1 << 16;

  private CheckpointFile() {}

  /**
   * Writes a checkpoint atomically.
   *
   * @throws BadInputException if the disk is full or the folder cannot be written
   */
  static void write(Path file, TrainingState state, Collection<Tensor> tensors) {
    byte[] json = ExperimentJson.write(state).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(
        file,
        target -> {
          CheckedOutputStream out = new CheckedOutputStream(target, new CRC32C());
          out.write(MAGIC);
          writeInt(out, json.length);
          out.write(json);
          SafeTensors.write(out, tensors, Map.of());
          writeInt(target, (int) out.getChecksum().getValue());
        });
  }

  private static void writeInt(OutputStream out, int value) throws IOException {
    out.write(buffer(Integer.BYTES).putInt(value).array());
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Checks every byte of a file and reads its state.
   *
   * @throws IOException if it cannot be read, or is damaged; the message is the reason
   */
  static TrainingState readState(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long end = channel.size() - Integer.BYTES;
      byte[] json = state(channel, end);
      int checksum =
          ChannelBytes.read(channel, end, Integer.BYTES, ByteOrder.LITTLE_ENDIAN).getInt();
      if (ChannelBytes.crc32c(channel, end) != checksum) {
        throw new IOException("its checksum is wrong");
      }
      TrainingState state =
          ExperimentJson.read(new String(json, StandardCharsets.UTF_8), TrainingState.class);
      if (state == null) {
        throw new IOException("it has no state");
      }
      return state;
    } catch (IllegalArgumentException e) {
      throw new IOException("its state cannot be read", e);
    }
  }

  /**
   * Reads the tensors of a file that {@link #readState} found intact. No more memory is taken than
   * the file is long.
   *
   * @throws BadInputException if it is not a safetensors file
   */
  static SortedMap<String, Tensor> readTensors(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      long end = channel.size() - Integer.BYTES;
      long begin = PREFIX + (long) state(channel, end).length;
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(begin)));
      return SafeTensors.read(in, end - begin, file.toString()).tensors();
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be used: " + e.getMessage() + ".",
          "Delete it and run the same goal again.",
          e);
    }
  }

  /** The JSON, not yet validated. */
  private static byte[] state(FileChannel channel, long end) throws IOException {
    if (end < PREFIX) {
      throw new EOFException("it is too short");
    }
    ByteBuffer prefix = ChannelBytes.read(channel, 0, PREFIX, ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    prefix.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException("it does not begin as a checkpoint");
    }
    int length = prefix.getInt();
    if (length < 0 || length > LARGEST_STATE || length > end - PREFIX) {
      throw new IOException("it declares a state of " + length + " bytes");
    }
    return ChannelBytes.read(channel, PREFIX, length, ByteOrder.LITTLE_ENDIAN).array();
  }
}
