package org.mskd.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** The code in some jars and folders that is reached from others of their classes. */
final class ReachableCode {
  private final List<Path> sources;
  private final ClassIndex classes = new ClassIndex();

  /**
   * @param sources jars and folders of class files, which do not change from now on
   */
  ReachableCode(List<Path> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * Digests of the reached methods by class, name and descriptor.
   *
   * @param entries internal names
   * @throws IllegalArgumentException if there is no class file of one
   */
  synchronized SortedMap<String, String> from(List<String> entries) {
    try (ClassFiles files = new ClassFiles(sources)) {
      classes.readFrom(files);
      for (String entry : entries) {
        if (classes.get(entry).isEmpty()) {
          throw new IllegalArgumentException("no class file of " + entry + " in " + sources);
        }
      }
      return Reach.of(classes, entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
