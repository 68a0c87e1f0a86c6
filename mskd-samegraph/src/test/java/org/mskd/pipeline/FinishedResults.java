package org.mskd.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.mskd.file.Sha256;
import org.mskd.pipeline.stage.StageStamp;

/**
 * The finished results in an output directory, found by stamps and bytes, wherever in the directory
 * they lie.
 *
 * @param stamps of the current results, by stage id; during an installation, that of the new result
 * @param kept stamps of the results that are kept, by the id of their stage
 * @param bytes digests of all files, each with the end of its path
 */
public record FinishedResults(
    SortedMap<String, StageStamp> stamps,
    SortedMap<String, List<StageStamp>> kept,
    TreeSet<String> bytes) {

  public static FinishedResults in(Path output) {
    SortedMap<String, StageStamp> stamps = new TreeMap<>();
    SortedMap<String, List<StageStamp>> kept = new TreeMap<>();
    TreeSet<String> bytes = new TreeSet<>();
    for (Path file : files(output)) {
      String path = output.relativize(file).toString();
      StageStamp stamp = path.endsWith(".json") ? StageStamp.read(file) : null;
      if (path.startsWith("stages/")) {
        stamps.putIfAbsent(path.substring(7, path.length() - 5), stamp);
      } else if (path.startsWith(".work/") && path.endsWith("/stamp.json") && stamp != null) {
        stamps.put(path.substring(6, path.length() - 11), stamp);
      } else if (path.startsWith("kept/") && path.endsWith("/stamp.json")) {
        String id = output.resolve("kept").relativize(file.getParent().getParent()).toString();
        kept.computeIfAbsent(id, name -> new ArrayList<>()).add(stamp);
      }
      bytes.add(named(path, Sha256.of(file)));
    }
    return new FinishedResults(stamps, kept, bytes);
  }

  /** Enough of a path to distinguish models from histories, and organs from each other. */
  private static String named(String path, String digest) {
    Path whole = Path.of(path);
    int names = whole.getNameCount();
    return whole.subpath(Math.max(0, names - 2), names) + " " + digest;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Outputs of a stage whose bytes are not in this directory, at any path. */
  public List<String> missing(StageStamp stamp) {
    return stamp.outputs().entrySet().stream()
        .filter(output -> !bytes.contains(named(output.getKey(), output.getValue().sha256())))
        .map(output -> output.getKey())
        .toList();
  }
}
