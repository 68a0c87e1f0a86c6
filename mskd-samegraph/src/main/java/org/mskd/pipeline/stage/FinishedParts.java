package org.mskd.pipeline.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.mskd.file.AtomicFile;
import org.mskd.file.HardLink;

/**
 * The finished parts of a stage's result that is not finished, {@code checkpoints/ID/KEY.part}, for
 * the next run where one is interrupted. KEY is a digest of the part's inputs. Other files in that
 * folder are left alone.
 *
 * @param outputDirectory the output directory
 * @param stageId the stage
 */
public record FinishedParts(Path outputDirectory, String stageId) {
  private static final String ENDING = ".part";
  private static final Pattern OURS = Pattern.compile("[0-9a-f]{32}\\.part");

  /** The file of a part, whether there is one or not. */
  public Path file(String key) {
    return folder().resolve(key + ENDING);
  }

  private Path folder() {
    return outputDirectory.resolve("checkpoints").resolve(stageId);
  }

  /** Keeps a part, in place of one with that key. */
  public void keep(String key, Path part) {
    StageFiles.requireNoLink(outputDirectory, folder());
    remove(key);
    HardLink.orCopy(part, file(key));
  }

  /** Removes a part. */
  public void remove(String key) {
    delete(file(key));
  }

  /** Removes all parts but those of some keys, and what killed runs left of writing one. */
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
