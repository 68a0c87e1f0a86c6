package org.mskd.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.ClassReader;

/** The classes of some class files by internal name, each read once, on request. */
final class ClassIndex {
  private static final String PACKAGE_INFO = "package-info";

  private final Map<String, Optional<ClassCode>> read = new HashMap<>();
  private final Map<String, Boolean> neutral = new HashMap<>();
  private final Map<String, Boolean> throwables = new HashMap<>();
  private ClassFiles files;

  /** Reads from these files from now on, which hold the same classes as those before. */
  void readFrom(ClassFiles open) {
    files = open;
  }

  /** A class; empty where the files do not hold it, such as a JDK class. */
  Optional<ClassCode> get(String name) {
    Optional<ClassCode> known = read.get(name);
    if (known == null) {
      known = bytes(name).map(bytes -> ClassCodeReader.read(bytes, this::isThrowable));
      read.put(name, known);
    }
    return known;
  }

  /** Whether a class, an enclosing class or its package is neutral; false for one elsewhere. */
  boolean isNeutral(String name) {
    return neutral.computeIfAbsent(name, any -> isMarked(name));
  }

  private boolean isMarked(String name) {
    int nested = name.indexOf('$');
    String outer = nested > 0 ? name.substring(0, nested) : name;
    String folder = name.substring(0, name.lastIndexOf('/') + 1);
    return List.of(name, outer, folder + PACKAGE_INFO).stream()
        .anyMatch(one -> get(one).map(ClassCode::neutral).orElse(false));
  }

  /** Of a class elsewhere the name decides, as of the JDK's. */
  private boolean isThrowable(String name) {
    Boolean known = throwables.get(name);
    if (known == null) {
      known =
          bytes(name)
              .map(bytes -> new ClassReader(bytes).getSuperName())
              .map(this::isThrowable)
              .orElse(name.matches(".*(Exception|Error|Throwable)"));
      throwables.put(name, known);
    }
    return known;
  }

  private Optional<byte[]> bytes(String name) {
    try {
      return files.read(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
