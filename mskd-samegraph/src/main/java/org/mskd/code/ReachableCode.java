package org.mskd.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;

/**
 * The classes that are reached from others by any reference, within the given class files. Classes
 * elsewhere, those that are {@link ResultNeutral}, and exceptions are neither reported nor
 * followed. Each class file is read once.
 */
final class ReachableCode {
  private static final String PACKAGE_INFO = "package-info";

  private final List<Path> sources;
  private final Map<String, Optional<ClassCode>> read = new HashMap<>();
  private final Map<String, Boolean> neutralPackages = new HashMap<>();
  private final Map<String, Boolean> throwables = new HashMap<>();
  private ClassFiles files;

  /**
   * @param sources jars and folders of class files, which do not change from now on
   */
  ReachableCode(List<Path> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * Digests of normalised code, by internal name of the class.
   *
   * @param entries internal names; reported whether neutral or not
   */
  synchronized SortedMap<String, String> from(List<String> entries) {
    try (ClassFiles open = new ClassFiles(sources)) {
      files = open;
      return reached(entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SortedMap<String, String> reached(List<String> entries) {
    SortedMap<String, String> reached = new TreeMap<>();
    Deque<String> next = new ArrayDeque<>(entries);
    while (!next.isEmpty()) {
      String name = next.pop();
      Optional<ClassCode> code = reached.containsKey(name) ? Optional.empty() : code(name);
      if (code.isPresent() && (entries.contains(name) || !isNeutral(name, code.get()))) {
        reached.put(name, code.get().digest());
        next.addAll(code.get().references());
      }
    }
    return reached;
  }

  private boolean isNeutral(String name, ClassCode code) {
    int nested = name.indexOf('$');
    boolean inNeutral =
        nested > 0 && code(name.substring(0, nested)).map(ClassCode::neutral).orElse(false);
    return code.neutral() || inNeutral || inNeutralPackage(name);
  }

  private boolean inNeutralPackage(String name) {
    return neutralPackages.computeIfAbsent(
        name.substring(0, name.lastIndexOf('/') + 1),
        folder ->
            read(folder + PACKAGE_INFO)
                .map(bytes -> ClassCodeReader.read(bytes, type -> false).neutral())
                .orElse(false));
  }

  private Optional<ClassCode> code(String name) {
    Optional<ClassCode> known = read.get(name);
    if (known == null) {
      known = read(name).map(bytes -> ClassCodeReader.read(bytes, this::isThrowable));
      read.put(name, known);
    }
    return known;
  }

  /** Of a class elsewhere the name decides, as of the JDK's. */
  private boolean isThrowable(String name) {
    Boolean known = throwables.get(name);
    if (known == null) {
      known =
          read(name)
              .map(bytes -> new ClassReader(bytes).getSuperName())
              .map(parent -> parent != null && isThrowable(parent))
              .orElse(name.matches(".*(Exception|Error|Throwable)"));
      throwables.put(name, known);
    }
    return known;
  }

  private Optional<byte[]> read(String name) {
    try {
      return files.read(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
