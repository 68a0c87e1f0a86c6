package org.mskd.dataset;

import java.util.Arrays;

/**
 * The slices of a subject, as a sampler needs them.
 *
 * @param slices how many slices it has
 * @param annotated which of them show the annotated organ, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out; equals and hashCode are written out
public record SubjectSlices(int slices, int[] annotated) {
  public SubjectSlices {
    if (slices < 1) {
      throw new IllegalArgumentException("a subject with " + slices + " slices");
    }
    annotated = annotated.clone();
    int previous = -1;
    for (int slice : annotated) {
      if (slice <= previous || slice >= slices) {
        throw new IllegalArgumentException(
            "annotated slices " + Arrays.toString(annotated) + " of " + slices);
      }
      previous = slice;
    }
  }

  @Override
  public int[] annotated() {
    return annotated.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SubjectSlices that
        && slices == that.slices
        && Arrays.equals(annotated, that.annotated);
  }

  @Override
  public int hashCode() {
    return 31 * slices + Arrays.hashCode(annotated);
  }

  @Override
  public String toString() {
    return "SubjectSlices[" + slices + ", annotated=" + Arrays.toString(annotated) + "]";
  }
}
