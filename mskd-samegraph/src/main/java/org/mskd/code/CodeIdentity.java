package org.mskd.code;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.mskd.file.Sha256;

/**
 * A digest of the byte code that a result is computed with: of all classes that are reached from
 * its entry classes in this library's jar and in the entry classes' own jars. Classes of the JDK
 * and of other jars do not count; their versions are inputs of their own.
 *
 * <p>Two builds of a method have equal code if its instructions, constants and types are equal.
 * Comments, line numbers, names of local variables, the order of methods, and what builds the
 * message of an exception do not count, nor does code that is {@link ResultNeutral}. The digest is
 * the same in every JVM, from a jar or a folder. No class is loaded.
 */
public final class CodeIdentity {
  private static final Map<List<Path>, ReachableCode> CODE = new ConcurrentHashMap<>();
  private static final Map<Key, String> DIGESTS = new ConcurrentHashMap<>();

  private CodeIdentity() {}

  /** What a digest is computed of. */
  private record Key(List<Path> sources, List<String> entries) {}

  /**
   * The digest of the code that is reached from some classes; computed once in a process.
   *
   * @param entries such as the class of a stage and that of a training method, in any order
   * @return 64 hexadecimal digits
   */
  public static String of(Class<?>... entries) {
    List<Path> sources =
        Stream.concat(Stream.of(CodeIdentity.class), Arrays.stream(entries))
            .map(ClassFiles::sourceOf)
            .distinct()
            .sorted()
            .toList();
    return of(sources, Arrays.stream(entries).map(Class::getName).toList());
  }

  /**
   * As {@link #of(Class...)}, by binary names.
   *
   * @param sources jars and folders of class files
   */
  static String of(List<Path> sources, List<String> entries) {
    List<String> names = entries.stream().map(name -> name.replace('.', '/')).sorted().toList();
    return DIGESTS.computeIfAbsent(
        new Key(sources, names),
        key -> {
          StringBuilder text = new StringBuilder();
          reached(sources, names)
              .forEach((name, code) -> text.append(name).append(' ').append(code).append('\n'));
          return Sha256.of(text.toString());
        });
  }

  /** Digests of all methods that count, by class, name and descriptor. */
  static SortedMap<String, String> reached(List<Path> sources, List<String> names) {
    return CODE.computeIfAbsent(sources, ReachableCode::new).from(names);
  }
}
