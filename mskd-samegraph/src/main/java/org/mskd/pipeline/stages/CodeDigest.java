package org.mskd.pipeline.stages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.mskd.file.Sha256;

/**
 * A digest of this library's classes. A version alone does not say which code made a result: that
 * of a snapshot stays the same over many builds. Times and order in a jar do not count, so a
 * rebuild of the same sources is the same code.
 */
public final class CodeDigest {
  /** Enough to tell builds apart, short enough to read. */
  private static final int SHOWN = 16;

  private CodeDigest() {}

  /** Made once: the code of a running JVM stays what it is. */
  private static final class Running {
    static final String DIGEST = of(path(CodeDigest.class.getProtectionDomain().getCodeSource()));

    private static Path path(CodeSource source) {
      try {
        return Path.of(source.getLocation().toURI());
      } catch (URISyntaxException e) {
        throw new IllegalStateException("no path: " + source.getLocation(), e);
      }
    }
  }

  /** Digest of the code that is running. */
  public static String ofThisLibrary() {
    return Running.DIGEST;
  }

  /** Digest of the classes in a jar or below a folder. */
  static String of(Path jarOrFolder) {
    try {
      if (Files.isDirectory(jarOrFolder)) {
        return ofClassesBelow(jarOrFolder);
      }
      try (FileSystem jar = FileSystems.newFileSystem(jarOrFolder)) {
        return ofClassesBelow(jar.getPath("/"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ofClassesBelow(Path root) throws IOException {
    List<String> names;
    try (Stream<Path> files = Files.walk(root)) {
      names =
          files
              .map(file -> root.relativize(file).toString().replace('\\', '/'))
              .filter(name -> name.endsWith(".class"))
              .sorted()
              .toList();
    }
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      MessageDigest digest = Sha256.digest();
      digest.update(Files.readAllBytes(root.resolve(name)));
      text.append(name).append(' ').append(Sha256.hex(digest)).append('\n');
    }
    return Sha256.of(text.toString()).substring(0, SHOWN);
  }
}
