package org.mskd.model;

/**
 * A teacher that a student learned from.
 *
 * @param organ that it segments
 * @param coordinates under which it was published; empty for a file without
 * @param weights SHA-256 of its weights, as {@link Model#digest}: it stays the same when the model
 *     is packaged
 * @param file SHA-256 of the file that was given as the teacher; empty for a teacher that was
 *     trained in the same experiment, since its file changes when it is packaged
 */
public record PublishedTeacher(String organ, String coordinates, String weights, String file) {
  /**
   * @throws IllegalArgumentException if a component is missing, or no digest
   */
  public PublishedTeacher {
    PublishedValue.present("organ", organ);
    PublishedValue.present("coordinates", coordinates);
    PublishedValue.digest("weights", weights);
    if (!PublishedValue.present("file", file).isEmpty()) {
      PublishedValue.digest("file", file);
    }
  }
}
