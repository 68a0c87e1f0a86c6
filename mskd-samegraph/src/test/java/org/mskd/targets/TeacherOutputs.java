package org.mskd.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Synthetic teacher outputs for a slice.
 *
 * @param margins {@code [size][size][K]} flattened
 * @param features for each level, for each teacher {@code [positions][C]} flattened
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TeacherOutputs(float[] margins, List<float[][]> features) {
  /** How far apart the codes of two positions are at least. */
  private static final float DIGIT = 0.25f;

  /** Blobs of positive margins, a few about 0, the rest far below; any features. */
  static TeacherOutputs random(TargetLayout layout, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = layout.size();
    float[] margins = new float[size * size * layout.organs()];
    for (int k = 0; k < layout.organs(); k++) {
      double middleX = random.nextDouble(-2, size + 2);
      double middleY = random.nextDouble(-2, size + 2);
      double radius = random.nextDouble(0, size / 3.0);
      for (int i = 0; i < size * size; i++) {
        double away = Math.hypot(i % size - middleX, i / size - middleY);
        margins[i * layout.organs() + k] =
            (float) (2 * (radius - away) + random.nextDouble(-0.5, 0.5));
      }
    }
    List<float[][]> features = new ArrayList<>();
    for (int level : layout.levels()) {
      int side = size >> level;
      float[][] maps = new float[layout.organs()][side * side * (layout.baseChannels() << level)];
      for (float[] map : maps) {
        for (int i = 0; i < map.length; i++) {
          map[i] = (float) random.nextDouble(-8, 8);
        }
      }
      features.add(maps);
    }
    return new TeacherOutputs(margins, features);
  }

  /** Encoded for a store. */
  SliceBlock block(TargetLayout layout) {
    SliceBlock block = new SliceBlock(layout);
    for (int k = 0; k < layout.organs(); k++) {
      int teacher = k;
      float[] own = new float[layout.size() * layout.size()];
      for (int i = 0; i < own.length; i++) {
        own[i] = margins[i * layout.organs() + k];
      }
      SliceBlock.Features maps =
          (level, position, channels) ->
              System.arraycopy(
                  features.get(level)[teacher],
                  position * channels.length,
                  channels,
                  0,
                  channels.length);
      if (!block.add(k, own, maps)) {
        throw new AssertionError("teacher " + k + " has values that are not finite");
      }
    }
    return block;
  }

  /** The same margins with features that encode position and teacher; unsorted, C of 4 or more. */
  TeacherOutputs coded(TargetLayout layout) {
    List<float[][]> coded = new ArrayList<>();
    for (int i = 0; i < layout.levels().size(); i++) {
      int side = layout.size() >> layout.levels().get(i);
      int channels = layout.baseChannels() << layout.levels().get(i);
      float[][] maps = new float[layout.organs()][side * side * channels];
      for (int k = 0; k < layout.organs(); k++) {
        for (int position = 0; position < side * side; position++) {
          maps[k][position * channels] = DIGIT * (position % side);
          maps[k][position * channels + 1] = DIGIT * (position / side);
          maps[k][position * channels + 2] = DIGIT * k;
        }
      }
      coded.add(maps);
    }
    return new TeacherOutputs(margins, coded);
  }

  /** Column (0), row (1) or teacher (2) of a coded row. */
  static int digit(float[] rows, int row, int channels, int which) {
    // Channel 3 holds 0: differences of log-probabilities are those of features.
    return Math.round((rows[row * channels + which] - rows[row * channels + 3]) / DIGIT);
  }
}
