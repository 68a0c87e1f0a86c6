package org.mskd.benchmark.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The logits of a side's network for one slice, {@code [size][size][outputs]}, in a file. */
public final class Logits {
  private Logits() {}

  public static void write(Path file, float[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, bytes.array());
  }

  public static float[] read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /** Channels first to channels last. */
  public static float[] channelsLast(float[] planes, int channels) {
    int pixels = planes.length / channels;
    float[] values = new float[planes.length];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < pixels; i++) {
        values[i * channels + c] = planes[c * pixels + i];
      }
    }
    return values;
  }

  /** The largest difference, in units of the standard deviation of {@code expected}. */
  public static double difference(float[] expected, float[] actual) {
    if (expected.length != actual.length) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      sum += expected[i];
      squares += (double) expected[i] * expected[i];
      double difference = Math.abs((double) expected[i] - actual[i]);
      largest = Math.max(largest, difference); // NaN stays
    }
    double mean = sum / expected.length;
    return largest / Math.sqrt(squares / expected.length - mean * mean);
  }
}
