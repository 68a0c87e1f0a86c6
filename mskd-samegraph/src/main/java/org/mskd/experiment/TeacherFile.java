package org.mskd.experiment;

import java.nio.file.Path;

/**
 * A teacher that was trained before, perhaps elsewhere, on labels that stayed there.
 *
 * @param organ the organ it segments
 * @param model its {@code model.mskd}
 */
public record TeacherFile(String organ, Path model) {
  public TeacherFile {
    Checks.name("organ", organ);
    Checks.present("model", model);
  }
}
