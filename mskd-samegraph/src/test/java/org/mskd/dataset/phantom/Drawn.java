package org.mskd.dataset.phantom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mskd.experiment.Phantoms;

/** Phantoms as they are when no run is interrupted: what tests compare with. */
final class Drawn {
  static final PhantomMaker.Progress QUIET = (id, done, total) -> {};

  private final Path folder;
  private final Map<Phantoms, SortedMap<String, byte[]>> known = new HashMap<>();

  /**
   * @param folder an empty one for what is compared with
   */
  Drawn(Path folder) {
    this.folder = folder;
  }

  static Phantoms phantoms(Path directory, long seed, int subjects, String... organs) {
    return new Phantoms(directory, List.of(organs), subjects, 1, 32, 8, seed);
  }

  static Phantoms in(Path directory, Phantoms phantoms) {
    return new Phantoms(
        directory,
        phantoms.phantomOrgans(),
        phantoms.phantomSubjects(),
        phantoms.phantomTestSubjects(),
        phantoms.phantomSize(),
        phantoms.phantomSlices(),
        phantoms.phantomSeed());
  }

  /** The bytes of every file by path, the stamp included. */
  SortedMap<String, byte[]> bytes(Phantoms phantoms) {
    return known.computeIfAbsent(
        in(folder, phantoms),
        p -> {
          Phantoms fresh = in(folder.resolve("" + known.size()), p);
          PhantomMaker.make(fresh, QUIET);
          return files(fresh.phantomDirectory());
        });
  }

  /** The bytes of every regular file below a folder by path; no link is followed. */
  static SortedMap<String, byte[]> files(Path directory) {
    SortedMap<String, byte[]> bytes = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path file :
          walk.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).toList()) {
        bytes.put(
            directory.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  /** Whether every volume of these phantoms is in a folder, in place or drawn beside. */
  boolean isSomewhere(Phantoms phantoms, Path directory) {
    SortedMap<String, byte[]> found = files(directory);
    return bytes(phantoms).entrySet().stream()
        .filter(file -> !file.getKey().equals("phantoms.json"))
        .allMatch(
            file ->
                Arrays.equals(file.getValue(), found.get(file.getKey()))
                    || Arrays.equals(file.getValue(), found.get(".drawing/" + file.getKey())));
  }

  /** How a folder differs from these phantoms and other files; empty if it does not. */
  String difference(Phantoms phantoms, Map<String, byte[]> others, Path directory) {
    SortedMap<String, byte[]> expected = new TreeMap<>(bytes(phantoms));
    expected.putAll(others);
    SortedMap<String, byte[]> found = files(directory);
    if (!expected.keySet().equals(found.keySet())) {
      return "there are " + found.keySet() + ", not " + expected.keySet();
    }
    for (Map.Entry<String, byte[]> file : expected.entrySet()) {
      if (!Arrays.equals(file.getValue(), found.get(file.getKey()))) {
        return file.getKey() + " has other bytes";
      }
    }
    return "";
  }
}
