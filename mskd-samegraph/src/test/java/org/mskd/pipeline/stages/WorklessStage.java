package org.mskd.pipeline.stages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.mskd.file.Sha256;
import org.mskd.pipeline.SmallExperiment;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.plan.ExperimentPlan;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.RunSettings;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageGraph;
import org.mskd.pipeline.stage.StageRunner;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;

/**
 * A stage of an experiment without its work: it has the inputs of the stage, and writes a digest of
 * them.
 */
record WorklessStage(Stage stage, Path root, List<String> ran, Runnable meanwhile)
    implements Stage {
  @Override
  public String name() {
    return stage.name();
  }

  @Override
  public String id() {
    return stage.id();
  }

  @Override
  public int steps() {
    return 1; // a store's steps are counted from prepared slices, which do not exist here
  }

  @Override
  public StageSpec spec() {
    return stage.spec();
  }

  @Override
  public List<Path> outputs() {
    return stage.outputs();
  }

  @Override
  public boolean installsItself() {
    return stage.installsItself();
  }

  @Override
  public List<Path> ownFiles() {
    return outputs().stream().map(folder -> folder.resolve("made")).toList();
  }

  @Override
  public boolean isMadeOnDemand() {
    return stage.isMadeOnDemand();
  }

  @Override
  public boolean isKept(SortedMap<String, String> inputs) {
    return stage.isKept(inputs);
  }

  @Override
  public void run(StageWork work) {
    ran.add(id());
    try {
      for (Path output : outputs()) {
        Path folder = output;
        if (!stage.installsItself()) {
          folder = work.folder().resolve(root.relativize(output));
        }
        Files.createDirectories(folder);
        // A given teacher is copied unchanged.
        String made = work.inputs().getOrDefault("given", work.inputs().toString());
        Files.writeString(folder.resolve("made"), Sha256.of(made));
        if (id().startsWith("store/")) {
          boolean fits = !work.inputs().get("maxStore").equals("1");
          new StoreOutcome(fits, 7, 7).write(folder);
          if (fits) {
            Files.move(folder.resolve("made"), StoreStage.fileIn(folder));
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    meanwhile.run();
  }

  /** Runs all stages of an experiment without their work, and notes which. */
  static void run(SmallExperiment experiment, List<String> ran, Runnable meanwhile) {
    run(experiment, ran, meanwhile, settings -> settings);
  }

  /** The same with other settings. */
  static void run(
      SmallExperiment experiment,
      List<String> ran,
      Runnable meanwhile,
      UnaryOperator<RunSettings> change) {
    List<Stage> stages =
        ExperimentPlan.of(experiment.request(Goal.RUN)).stages().stream()
            .<Stage>map(stage -> new WorklessStage(stage, experiment.output(), ran, meanwhile))
            .toList();
    try (EventLog events = EventLog.open(experiment.output())) {
      RunSettings settings = new RunSettings(experiment.output(), events, new FileDigests());
      new StageRunner(change.apply(settings)).run(new StageGraph(stages));
    }
  }
}
