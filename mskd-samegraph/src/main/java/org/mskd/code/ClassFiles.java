package org.mskd.code;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Class files in jars and folders, read as data: no class is loaded. Not safe for threads. */
final class ClassFiles implements AutoCloseable {
  private final List<Path> folders = new ArrayList<>();
  private final List<ZipFile> jars = new ArrayList<>();

  /**
   * @param sources jars or folders of classes, without duplicates
   */
  ClassFiles(List<Path> sources) throws IOException {
    for (Path source : sources) {
      if (Files.isDirectory(source)) {
        folders.add(source);
      } else {
        jars.add(new ZipFile(source.toFile()));
      }
    }
  }

  /** The jar or folder that a class was loaded from. */
  static Path sourceOf(Class<?> loaded) {
    CodeSource source = loaded.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalArgumentException(loaded + " comes from no jar and no folder");
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a path: " + source.getLocation(), e);
    }
  }

  /**
   * The bytes of a class file; empty where none of the sources holds it, such as a JDK class.
   *
   * @param name the internal name, such as {@code org/mskd/loss/FeatureTerm}
   */
  Optional<byte[]> read(String name) throws IOException {
    String path = name + ".class";
    for (Path folder : folders) {
      Path file = folder.resolve(path);
      if (Files.isRegularFile(file)) {
        return Optional.of(Files.readAllBytes(file));
      }
    }
    for (ZipFile jar : jars) {
      ZipEntry entry = jar.getEntry(path);
      if (entry != null) {
        try (InputStream in = jar.getInputStream(entry)) {
          return Optional.of(in.readAllBytes());
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    for (ZipFile jar : jars) {
      jar.close();
    }
  }
}
