package org.mskd.dataset.phantom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Changes of a process that is killed before one of them, or while it writes. */
final class KilledChanges extends PhantomChanges {
  /** Nothing of the code under test catches it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private int left;

  /**
   * @param changes how many are made before the kill
   */
  KilledChanges(int changes) {
    left = changes;
  }

  /** Whether the kill has happened. */
  boolean isKilled() {
    return left < 0;
  }

  private void step() {
    if (left-- <= 0) {
      left = -1;
      throw new Killed();
    }
  }

  @Override
  void delete(Path folder, Path file) throws IOException {
    step();
    super.delete(folder, file);
  }

  @Override
  void deleteEmpty(Path folder, Path empty) throws IOException {
    step();
    super.deleteEmpty(folder, empty);
  }

  @Override
  void move(Path folder, Path file, Path target) throws IOException {
    if (left <= 0) {
      try {
        Files.createDirectories(target.getParent()); // as far as a kill in between gets
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    step();
    super.move(folder, file, target);
  }

  @Override
  void write(Path file, String text) {
    if (left <= 0) {
      try {
        Files.createDirectories(file.getParent());
        String name = "." + file.getFileName() + ".0123456789abcdef.part";
        Files.writeString(file.resolveSibling(name), text.substring(0, text.length() / 2));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    step();
    super.write(file, text);
  }
}
