package org.mskd.pipeline.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/** Whether the stages of a graph are up to date. Nothing is written. */
public final class StageStates {
  private final Path outputDirectory;
  private final FileDigests digests;
  private final StageGraph graph;
  private final StageInputs inputs;

  public StageStates(Path outputDirectory, FileDigests digests, StageGraph graph) {
    this.outputDirectory = outputDirectory;
    this.digests = digests;
    this.graph = graph;
    this.inputs = new StageInputs(outputDirectory, digests);
  }

  /**
   * The state of a stage whose dependencies are done; errors as of {@link
   * StageInputs#of(StageSpec)}.
   */
  public StageState of(Stage stage) {
    return of(stage, inputs.of(stage.spec()));
  }

  private StageState of(Stage stage, SortedMap<String, String> now) {
    Path file = StageStamp.fileOf(outputDirectory, stage.id());
    StageStamp last = StageStamp.read(file);
    if (last == null) {
      return new StageState(
          now, null, Files.exists(file) ? Optional.of(file + " cannot be read") : Optional.empty());
    }
    Optional<String> why = InputChanges.between(last.inputs(), now);
    return new StageState(now, last, why.or(() -> damaged(stage, last)));
  }

  /** The first output that is missing or changed, if any stage needs it. */
  Optional<String> damaged(Stage stage, StageStamp last) {
    Path folder = stage.installsItself() ? stage.outputs().get(0) : outputDirectory;
    return last.damaged(folder, digests)
        .filter(path -> !stage.isMadeOnDemand() || isRead(stage))
        .map(path -> path + (Files.exists(folder.resolve(path)) ? " was changed" : " is missing"));
  }

  private boolean isRead(Stage stage) {
    return graph.readers(stage).stream()
        .anyMatch(reader -> !inputs.areComplete(reader.spec()) || !of(reader).isUpToDate());
  }
}
