package org.mskd.prediction;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.mskd.file.TemporaryFile;

/**
 * The probabilities of one organ on a scan's canonical grid, in steps of 1/255, kept in a temporary
 * file while all organs are predicted, so that memory holds one organ at a time. Thread-safe for
 * different planes.
 */
final class ProbabilityFile implements AutoCloseable {
  /** Number of steps between probability 0 and 1. */
  static final int STEPS = 255;

  private final TemporaryFile file;
  private final int area;

  /**
   * @param target the temporary file lies in its folder
   * @param area voxels of a plane
   */
  ProbabilityFile(Path target, int area) throws IOException {
    this.file = TemporaryFile.privateOf(target);
    this.area = area;
  }

  /** Writes plane {@code k}, {@code [ny * nx]} steps. */
  void plane(int k, byte[] steps) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(steps, 0, area);
      long at = (long) k * area;
      while (bytes.hasRemaining()) {
        at += file.channel().write(bytes, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All planes. */
  byte[] read(int planes) {
    try {
      ByteBuffer all = ByteBuffer.allocate(Math.multiplyExact(planes, area));
      while (all.hasRemaining()) {
        if (file.channel().read(all, all.position()) < 0) {
          throw new IOException("planes are missing");
        }
      }
      return all.array();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the file. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
