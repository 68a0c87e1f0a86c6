package org.mskd.pipeline.stage;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The current values of a specification, as text: parameters unchanged, files and results of other
 * stages as digests. Two runs of a stage with equal texts have equal results.
 *
 * @param outputDirectory the folder with the stamps of other stages
 * @param digests of files
 * @param expected stamps by stage id that are used in place of those in the output directory
 */
public record StageInputs(
    Path outputDirectory, FileDigests digests, Map<String, StageStamp> expected) {
  public StageInputs(Path outputDirectory, FileDigests digests) {
    this(outputDirectory, digests, Map.of());
  }

  /**
   * All inputs of a stage whose dependencies are done.
   *
   * @throws IllegalStateException if one of them has not run
   * @throws org.mskd.problem.BadInputException if a file is missing or cannot be read
   */
  public SortedMap<String, String> of(StageSpec spec) {
    return of(spec, id -> true);
  }

  /** The inputs that are known when only some of the other stages are done; errors as above. */
  public SortedMap<String, String> of(StageSpec spec, Predicate<String> isDone) {
    SortedMap<String, String> texts = new TreeMap<>(spec.parameters());
    spec.inputs()
        .forEach(
            (name, input) -> {
              if (input.stage().filter(isDone.negate()).isEmpty()) {
                put(texts, spec.id(), name, input);
              }
            });
    return texts;
  }

  /** Whether all stages that the specification depends on have run. */
  boolean areComplete(StageSpec spec) {
    return spec.dependencies().stream()
        .allMatch(id -> StageStamp.read(StageStamp.fileOf(outputDirectory, id)) != null);
  }

  private void put(SortedMap<String, String> texts, String id, String name, Input input) {
    if (input instanceof Input.Volumes volumes) {
      digests.put(texts, volumes.subjects().get());
    } else if (input instanceof Input.UserFile file) {
      texts.put(name, digests.of(file.path()));
    } else if (input instanceof Input.Output output) {
      texts.put(name, stamp(output.stageId()).digest());
    } else if (input instanceof Input.OutputFile file) {
      texts.put(
          name,
          Optional.ofNullable(stamp(file.stageId()).outputs().get(file.path()))
              .map(output -> file.present() + " " + output.sha256())
              .orElse(file.absent()));
    } else if (input instanceof Input.Environment environment) {
      environment.value().get().or(() -> last(id, name)).ifPresent(now -> texts.put(name, now));
    }
  }

  /** The value of an input in the stage's last run. */
  private Optional<String> last(String stageId, String name) {
    return Optional.ofNullable(StageStamp.read(StageStamp.fileOf(outputDirectory, stageId)))
        .map(stamp -> stamp.inputs().get(name));
  }

  private StageStamp stamp(String stageId) {
    Path file = StageStamp.fileOf(outputDirectory, stageId);
    StageStamp stamp = expected.getOrDefault(stageId, StageStamp.read(file));
    if (stamp == null) {
      throw new IllegalStateException("stage " + stageId + " has not run: no " + file);
    }
    return stamp;
  }
}
