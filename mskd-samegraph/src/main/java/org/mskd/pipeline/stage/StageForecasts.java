package org.mskd.pipeline.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mskd.pipeline.stage.StageForecast.Outcome;

/** Predicts what a run would do with the stages of a graph. Reads files and writes none. */
public final class StageForecasts {
  private final Path outputDirectory;
  private final FileDigests digests;
  private final StageGraph graph;
  private final Set<String> forced;
  private final ResultCache cache;
  private final StageStates states;
  private final Map<String, StageStamp> expected = new TreeMap<>();
  private final StageInputs inputs;

  /** The stages whose result may change, by id. */
  private final Map<String, Stage> changing = new LinkedHashMap<>();

  /**
   * @param forced ids of stages that run even if they are up to date
   * @param cache where results of stages may lie
   */
  public StageForecasts(
      Path outputDirectory,
      FileDigests digests,
      StageGraph graph,
      Set<String> forced,
      ResultCache cache) {
    this.cache = cache;
    this.outputDirectory = outputDirectory;
    this.digests = digests;
    this.graph = graph;
    this.forced = forced;
    this.states = new StageStates(outputDirectory, digests, graph);
    this.inputs = new StageInputs(outputDirectory, digests, expected);
  }

  /**
   * All stages, in the order of the graph.
   *
   * @throws org.mskd.problem.BadInputException if a file is missing or cannot be read
   */
  public List<StageForecast> all() {
    List<StageForecast> all = new ArrayList<>();
    for (Stage stage : graph.stages()) {
      StageForecast forecast = of(stage);
      boolean changes =
          forecast.outcome() != Outcome.UP_TO_DATE
              && forecast.outcome() != Outcome.RESTORE
              && forecast.outcome() != Outcome.CACHED;
      if (changes) {
        changing.put(stage.id(), stage);
      }
      all.add(forecast);
    }
    return all;
  }

  private StageForecast of(Stage stage) {
    List<Stage> before =
        stage.spec().dependencies().stream()
            .filter(changing::containsKey)
            .map(changing::get)
            .toList();
    SortedMap<String, String> now = inputs.of(stage.spec(), id -> !changing.containsKey(id));
    StageStamp last = StageStamp.read(StageStamp.fileOf(outputDirectory, stage.id()));
    Optional<String> reason = reason(stage, last, now);
    if (!before.isEmpty()) {
      String names = before.stream().map(Stage::name).collect(Collectors.joining(", "));
      return reason
          .map(why -> forecast(stage, Outcome.RUN, why))
          .orElseGet(() -> forecast(stage, Outcome.DEPENDS, "after " + names));
    }
    return reason
        .map(why -> withAllInputs(stage, now, why))
        .orElseGet(() -> forecast(stage, Outcome.UP_TO_DATE, ""));
  }

  /** Why the stage would run in any case, whatever the results of stages that run before it are. */
  private Optional<String> reason(Stage stage, StageStamp last, SortedMap<String, String> now) {
    if (forced.contains(stage.id())) {
      return Optional.of(ForcedStages.REASON);
    }
    if (last == null) {
      Path file = StageStamp.fileOf(outputDirectory, stage.id());
      return Optional.of(Files.exists(file) ? file + " cannot be read" : "never run");
    }
    return InputChanges.between(known(last.inputs(), stage), now)
        .or(() -> states.damaged(stage, last));
  }

  /** The inputs that are known before the run. */
  private SortedMap<String, String> known(SortedMap<String, String> last, Stage stage) {
    SortedMap<String, String> known = new TreeMap<>(last);
    stage
        .spec()
        .inputs()
        .forEach(
            (name, input) -> {
              if (input.stage().filter(changing::containsKey).isPresent()) {
                known.keySet().removeIf(key -> input.covers(name, key));
              }
            });
    return known;
  }

  private StageForecast withAllInputs(Stage stage, SortedMap<String, String> now, String why) {
    Optional<Path> kept =
        forced.contains(stage.id())
            ? Optional.empty()
            : new KeptResults(outputDirectory, stage.id()).find(now, digests);
    if (kept.isPresent()) {
      expected.put(stage.id(), StageStamp.read(kept.get().resolve(WorkFolder.STAMP)));
      return forecast(stage, Outcome.RESTORE, why);
    }
    Optional<StageStamp> cached = cached(stage, now);
    if (cached.isPresent()) {
      expected.put(stage.id(), cached.get());
      return forecast(stage, Outcome.CACHED, why);
    }
    OptionalInt resumed = new Checkpoints(outputDirectory, stage.id()).resumable(now);
    OptionalInt iteration = resumed.isPresent() ? resumed : stage.continuesAt(now);
    return iteration.isPresent()
        ? forecast(stage, Outcome.RESUME, "at iteration " + iteration.getAsInt() + ": " + why)
        : forecast(stage, Outcome.RUN, why);
  }

  /** Some inputs are known only when the backend is loaded. */
  private Optional<StageStamp> cached(Stage stage, SortedMap<String, String> now) {
    int unknown =
        (int)
            stage.spec().inputs().entrySet().stream()
                .filter(input -> input.getValue() instanceof Input.Environment)
                .filter(input -> !now.containsKey(input.getKey()))
                .count();
    return forced.contains(stage.id()) || stage.installsItself()
        ? Optional.empty()
        : cache.findKnown(stage.id(), now, unknown);
  }

  private static StageForecast forecast(Stage stage, Outcome outcome, String reason) {
    return new StageForecast(stage.id(), stage.name(), outcome, reason);
  }
}
