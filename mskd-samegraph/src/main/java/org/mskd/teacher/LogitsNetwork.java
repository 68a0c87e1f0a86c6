package org.mskd.teacher;

import java.util.Arrays;
import org.mskd.loss.Margins;
import org.mskd.prediction.SliceNetwork;

/** A teacher that gives logits alone, whatever the size of its input: slices may be tiled. */
record LogitsNetwork(SliceNetwork network) implements TeacherNetwork {
  @Override
  public int slices() {
    return network.slices();
  }

  @Override
  public Run run(float[] images, int count) {
    return new Logits(network.logits(images, count), network.slices());
  }

  @Override
  public void close() {
    network.close();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Logits(float[] values, int slices) implements Run {
    @Override
    public float[] margins(int slot) {
      int length = values.length / slices;
      float[] own = Arrays.copyOfRange(values, slot * length, (slot + 1) * length);
      float[] margins = new float[length / 2];
      Margins.of(own, margins.length, margins, 0, 1);
      return margins;
    }

    @Override
    public void features(int slot, int level, int position, float[] channels) {
      throw new UnsupportedOperationException("a teacher without features");
    }

    @Override
    public void close() {}
  }
}
