package org.mskd.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;

/**
 * A teacher that was trained before, perhaps elsewhere, on labels that stayed there.
 *
 * @param organ the organ it segments
 * @param model its {@code model.mskd}
 * @param coordinates how the file is named where it comes from, such as {@code
 *     org.hospital:liver-teacher:1.2}, for messages and for the provenance of students; empty for a
 *     file that is known by its path alone, and then left out of JSON
 */
public record TeacherFile(
    String organ, Path model, @JsonInclude(JsonInclude.Include.NON_EMPTY) String coordinates) {
  public TeacherFile {
    Checks.name("organ", organ);
    Checks.present("model", model);
    coordinates = coordinates == null ? "" : coordinates;
  }

  /** A file that is known by its path alone. */
  public TeacherFile(String organ, Path model) {
    this(organ, model, "");
  }

  /** How messages name it: by its coordinates, else by its path. */
  public String named() {
    return coordinates.isEmpty() ? model.toString() : coordinates;
  }
}
