package org.mskd.experiment;

import java.nio.file.Path;

/**
 * CT volumes without labels, for the student alone.
 *
 * @param name how messages and folders call it
 * @param directory a folder of NIfTI volumes, or one that holds such a folder as {@code imagesTr}
 */
public record UnlabelledSource(String name, Path directory) {
  public UnlabelledSource {
    Checks.name("name", name);
    Checks.present("directory", directory);
  }
}
