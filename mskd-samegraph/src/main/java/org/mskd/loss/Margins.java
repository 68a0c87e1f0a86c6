package org.mskd.loss;

/**
 * A teacher's margin: its organ logit minus its background logit. It is above 0 exactly where the
 * organ is the teacher's argmax, and it determines both probabilities.
 */
public final class Margins {
  /** Output channels of a teacher: background, organ. */
  private static final int OUTPUTS = 2;

  private Margins() {}

  /**
   * Computes the margins of {@code count} pixels.
   *
   * @param logits {@code [count][2]} flattened: background, organ
   * @param margins receives the margin of pixel i at {@code at + i * stride}
   */
  public static void of(float[] logits, int count, float[] margins, int at, int stride) {
    for (int i = 0; i < count; i++) {
      margins[at + i * stride] = logits[OUTPUTS * i + 1] - logits[OUTPUTS * i];
    }
  }
}
