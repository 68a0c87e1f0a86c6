package org.mskd.targets;

import java.nio.ByteBuffer;
import java.util.List;
import org.mskd.loss.FeatureRow;

/** Makes the block of one slice. */
final class SliceEncoder {
  private final TargetLayout layout;
  private final short[] margins;
  private final StoredPositions[][] positions;
  private final List<float[][]> features;

  /** Arguments as of {@link TargetStoreWriter#add}. */
  SliceEncoder(TargetLayout layout, float[] margins, List<float[][]> features) {
    this.layout = layout;
    this.features = features;
    requireFits(margins);
    this.margins = new short[margins.length];
    for (int i = 0; i < margins.length; i++) {
      this.margins[i] = TargetFormat.margin(margins[i]);
    }
    this.positions = new StoredPositions[features.size()][layout.organs()];
    for (int i = 0; i < positions.length; i++) {
      for (int k = 0; k < layout.organs(); k++) {
        int side = layout.side(i);
        positions[i][k] =
            layout.masked()
                ? StoredPositions.around(this.margins, layout.organs(), k, layout.size(), side)
                : StoredPositions.all(side);
      }
    }
  }

  private void requireFits(float[] margins) {
    boolean fits = margins.length == layout.margins() && features.size() == layout.levels().size();
    for (int i = 0; fits && i < features.size(); i++) {
      fits = features.get(i).length == layout.organs();
      for (int k = 0; fits && k < layout.organs(); k++) {
        fits = features.get(i)[k].length == (long) layout.positions(i) * layout.channels(i);
      }
    }
    if (!fits) {
      throw new IllegalArgumentException("margins or features that are not of " + layout);
    }
  }

  /** What {@link #bytes} will take. */
  long length() {
    return StoredSlice.length(layout, positions);
  }

  /** The block, {@link #length} bytes, which must fit into an array. */
  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(length())).order(TargetFormat.ORDER);
    if (layout.masked()) {
      for (StoredPositions[] level : positions) {
        for (StoredPositions teacher : level) {
          teacher.write(out);
        }
      }
    }
    for (short margin : margins) {
      out.putShort(margin);
    }
    for (int i = 0; i < positions.length; i++) {
      for (int k = 0; k < layout.organs(); k++) {
        rows(i, k, out);
      }
    }
    return out.array();
  }

  private void rows(int i, int k, ByteBuffer out) {
    boolean sorted = layout.features().orElseThrow().sorted();
    int channels = layout.channels(i);
    float[] row = new float[channels];
    for (int position = 0; position < layout.positions(i); position++) {
      if (positions[i][k].has(position)) {
        FeatureRow.of(features.get(i)[k], position * channels, channels, sorted, row, 0);
        for (float value : row) {
          out.putShort(TargetFormat.logProbability(value));
        }
      }
    }
  }
}
