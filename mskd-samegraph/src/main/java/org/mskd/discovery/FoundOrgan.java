package org.mskd.discovery;

import java.nio.file.Path;
import java.util.List;

/**
 * A data set whose labels annotate one organ.
 *
 * @param organ a name that {@code <organ>} allows
 * @param directory the folder of its {@code imagesTr} and {@code labelsTr}
 * @param values the label values that mean the organ, ascending
 * @param scans number of labels
 * @param remarks what was assumed or found to differ
 */
public record FoundOrgan(
    String organ, Path directory, List<Integer> values, int scans, List<Remark> remarks) {
  public FoundOrgan {
    values = List.copyOf(values);
    remarks = List.copyOf(remarks);
  }
}
