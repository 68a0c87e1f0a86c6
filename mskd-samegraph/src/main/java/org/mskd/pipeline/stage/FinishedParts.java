package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.mskd.file.AtomicFile;
import org.mskd.file.HardLink;

/**
 * The finished parts of a result that is not complete yet, {@code checkpoints/ID/KEY.part}. If a
 * run is interrupted, the next one uses them. KEY is a digest of the part's inputs. Other files in
 * that folder are not touched.
 *
 * @param outputDirectory the output directory
 * @param stageId the stage
 */
public record FinishedParts(Path outputDirectory, String stageId) {
  private static final String ENDING = ".part";
  private static final Pattern OURS = Pattern.compile("[0-9a-f]{32}\\.part");

  /** The path of a part, which may not exist. */
  public Path file(String key) {
    return folder().resolve(key + ENDING);
  }

  private Path folder() {
    return outputDirectory.resolve("checkpoints").resolve(stageId);
  }

  /** Stores a part, in place of an earlier one with the same key. */
  public void keep(String key, Path part) {
    StageFiles.requireNoLink(outputDirectory, folder());
    remove(key);
    HardLink.orCopy(part, file(key));
  }

  /** Removes a part. */
  public void remove(String key) {
    delete(file(key));
  }

  /** Removes all parts, as the result is complete. */
  void removeAll() {
    retain(Set.of());
  }

  /** Removes all parts except those of some keys, and parts that killed runs wrote incompletely. */
  public void retain(Set<String> keys) {
    for (Path file : StageFiles.below(folder())) {
      String name = file.getFileName().toString();
      boolean isPart = file.getParent().equals(folder()) && OURS.matcher(name).matches();
      boolean isRetained = isPart && keys.contains(name.replace(ENDING, ""));
      if (isPart && !isRetained || AtomicFile.isTemporary(file)) {
        delete(file);
      }
    }
  }

  private void delete(Path file) {
    try {
      StageFiles.delete(outputDirectory, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
