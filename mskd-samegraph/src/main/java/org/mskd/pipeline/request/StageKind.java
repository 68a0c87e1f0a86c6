package org.mskd.pipeline.request;

import java.util.Locale;

/** The kinds of stages. A {@link Goal} names its targets among them. */
public enum StageKind {
  /** Phantoms are drawn. */
  PHANTOMS,
  /** A data set, an unlabelled source or the test set is checked and cut into slices. */
  PREPARE,
  /** All data sets are read and compared; no slices are written. */
  CHECK_DATA,
  /** Subjects are assigned to the folds in which they are held out. */
  SPLIT,
  /** The teacher of one organ is trained, or a given one is checked and copied. */
  TEACHER,
  /** The slices of an unlabelled source in which a teacher predicts its organ are listed. */
  FOREGROUND,
  /** The sizes of the organs are measured in data sets that annotate all of them. */
  ORGAN_SIZES,
  /** Teacher outputs are stored for the slices of the students' batches. */
  STORE,
  /** The student of one method is trained. */
  STUDENT,
  /** Models are scored on the test set. */
  EVALUATE,
  /** Models of a fold are scored on the subjects that it holds out, and the folds are joined. */
  CROSS_VALIDATION,
  /** A given model predicts scans without labels. */
  PREDICT;

  /** The id in specifications and folder names, such as {@code teacher}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
