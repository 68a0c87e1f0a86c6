package org.mskd.dataset;

import java.util.Comparator;

/**
 * Names one slice of the training data. Ordered by data set, then subject, then slice.
 *
 * @param dataset data set, from 0
 * @param subject subject in that data set, from 0
 * @param slice slice of that subject, from 0
 */
public record SliceRef(int dataset, int subject, int slice) implements Comparable<SliceRef> {
  private static final Comparator<SliceRef> ORDER =
      Comparator.comparingInt(SliceRef::dataset)
          .thenComparingInt(SliceRef::subject)
          .thenComparingInt(SliceRef::slice);

  @Override
  public int compareTo(SliceRef other) {
    return ORDER.compare(this, other);
  }
}
