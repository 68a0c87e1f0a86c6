package org.mskd.finding;

import java.util.List;
import java.util.Objects;

/**
 * Something about scans or data sets that a user should know.
 *
 * @param kind what it is about
 * @param severity whether training on the data is possible
 * @param files the files concerned, each in its folder, such as {@code imagesTr/abd01.nii.gz};
 *     empty where it is about whole sets
 * @param text full sentences: what is found, in which files, what to do
 */
public record Finding(Kind kind, Severity severity, List<String> files, String text) {
  /** What a finding is about. */
  public enum Kind {
    /** A file cannot be read, or is invalid. */
    UNUSABLE,
    /** Voxels are not HU. */
    NOT_HU,
    /** Voxels look like MR, or {@code dataset.json} names another modality than CT. */
    NOT_CT,
    /** An unusual header. */
    HEADER,
    /** Spacing or field of view differ from those of the training scans. */
    GEOMETRY,
    /** A set looks mirrored or rotated. */
    MIRRORED,
    /** An organ has a few pixels at most. */
    SMALL_ORGAN,
    /** A label shows no organ, or no label of a set shows one. */
    NO_ORGAN,
    /** Files in a folder of a data set are not read. */
    PASSED_OVER,
    /** A scan of the test set is nearly equal to a training scan. */
    NEARLY_EQUAL,
    /** A scan of the test set is a training scan. */
    EQUAL
  }

  /** Whether the data can be used. */
  public enum Severity {
    /** The data are used as they are. */
    WARNING,
    /** A preparation of the data stops. */
    ERROR
  }

  public Finding {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(text, "text");
    files = List.copyOf(files);
  }

  /** A warning. */
  public static Finding warning(Kind kind, List<String> files, String text) {
    return new Finding(kind, Severity.WARNING, files, text);
  }

  /** An error. */
  public static Finding error(Kind kind, List<String> files, String text) {
    return new Finding(kind, Severity.ERROR, files, text);
  }
}
