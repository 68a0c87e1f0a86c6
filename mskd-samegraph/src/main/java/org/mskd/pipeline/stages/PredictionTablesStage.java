package org.mskd.pipeline.stages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mskd.dataset.Subject;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.AtomicFile;
import org.mskd.file.Sha256;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.prediction.MeasureTable;
import org.mskd.prediction.OrganMeasure;

/**
 * Joins what was measured in all scans in {@code volumes.csv}, and names the label values in {@code
 * dataset.json}, as nnU-Net does. Computes nothing.
 */
public final class PredictionTablesStage implements Stage {
  private static final String ID = "prediction-tables";

  private final PredictionContext context;

  public PredictionTablesStage(PredictionContext context) {
    this.context = context;
  }

  @Override
  public String name() {
    return "volumes.csv, dataset.json";
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int steps() {
    return measured().size();
  }

  @Override
  public StageSpec spec() {
    StageSpec spec =
        ComputeContext.spec(ID, StageKind.PREDICT, getClass())
            .with("organs", context.card().organs().toString())
            .with("folders", context.folders().contents());
    // By the files, since a scan that cannot be predicted is left out of the tables.
    for (Map.Entry<String, Path> measured : measured().entrySet()) {
      spec = spec.with("measures." + measured.getKey(), Sha256.of(measured.getValue()));
    }
    return spec;
  }

  @Override
  public List<Path> outputs() {
    return List.of(context.output());
  }

  @Override
  public void run(StageWork work) {
    context.folders().findings().forEach(finding -> work.progress().warn(finding.text()));
    context.subjects().stream().filter(context::isLeftOut).forEach(scan -> outdated(scan, work));
    PredictionFolders made = new PredictionFolders(work.folder());
    Map<String, List<OrganMeasure>> measures = new LinkedHashMap<>();
    measured()
        .forEach(
            (id, file) -> {
              measures.put(id, EarlierPredictions.measures(file));
              work.progress().step(measures.size());
            });
    AtomicFile.writeText(made.table(), MeasureTable.csv(measures));
    AtomicFile.writeText(made.dataset(), ExperimentJson.write(dataset()) + "\n");
  }

  private void outdated(Subject scan, StageWork work) {
    Path labels = new PredictionFolders(context.output()).labels(scan);
    if (Files.isRegularFile(labels)) {
      work.progress()
          .warn(
              labels
                  + " is the prediction of an earlier version of this scan, or by other options:"
                  + " the scan could not be predicted now. It is not in volumes.csv.");
    }
  }

  /** The files of the scans that are predicted, by id. */
  private Map<String, Path> measured() {
    PredictionFolders done = new PredictionFolders(context.output());
    Map<String, Path> files = new LinkedHashMap<>();
    for (Subject subject : context.subjects()) {
      Path file = done.measures(subject);
      if (Files.isRegularFile(file) && !context.isLeftOut(subject)) {
        files.put(subject.id(), file);
      }
    }
    return files;
  }

  private Map<String, Object> dataset() {
    Map<String, Integer> labels = new LinkedHashMap<>();
    labels.put("background", 0);
    context.card().organs().forEach(organ -> labels.put(organ, labels.size()));
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("channel_names", Map.of("0", "CT"));
    dataset.put("file_ending", ending());
    dataset.put("labels", labels);
    dataset.put("numTraining", 0);
    return dataset;
  }

  /** That of all predictions; {@code .nii.gz} where they differ. */
  private String ending() {
    PredictionFolders folders = new PredictionFolders(context.output());
    boolean plain =
        context.subjects().stream()
            .allMatch(subject -> folders.labels(subject).toString().endsWith(".nii"));
    return plain ? ".nii" : ".nii.gz";
  }
}
