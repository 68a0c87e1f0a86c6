package org.mskd.model;

/**
 * A teacher that a student learned from.
 *
 * @param organ that it segments
 * @param coordinates under which it was published; empty for a file without
 * @param weights SHA-256 of its weights, as {@link Model#digest}: it stays the same when the model
 *     is packaged
 * @param file SHA-256 of the file that the student was trained with
 */
public record PublishedTeacher(String organ, String coordinates, String weights, String file) {
  /**
   * @throws IllegalArgumentException if a component is missing, or no digest
   */
  public PublishedTeacher {
    PublishedValue.present("organ", organ);
    PublishedValue.present("coordinates", coordinates);
    PublishedValue.digest("weights", weights);
    PublishedValue.digest("file", file);
  }
}
