package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mskd.code.ResultNeutral;
import org.mskd.dataset.Scan;
import org.mskd.dataset.ScanMemory;
import org.mskd.dataset.Subject;
import org.mskd.dataset.SubjectReader;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Prediction;
import org.mskd.file.AtomicFile;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Input;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.prediction.ComponentFilter;
import org.mskd.prediction.OrganMeasure;
import org.mskd.prediction.ScanPrediction;
import org.mskd.problem.BadInputException;
import org.mskd.volume.ImageHeader;
import org.mskd.volume.NiftiReader;

/**
 * Predicts one scan with a given model: its label volume in the scan's own header, volumes and mean
 * HU, and on request the probabilities of each organ. Memory holds one scan; no slices are stored.
 */
public final class PredictStage implements Stage {
  private final PredictionContext context;
  private final Subject subject;

  public PredictStage(PredictionContext context, Subject subject) {
    this.context = context;
    this.subject = subject;
  }

  static String idFor(Subject subject) {
    return "predict/" + subject.id();
  }

  @Override
  public String name() {
    int scans = context.subjects().size();
    String count = scans == 1 ? "" : " (%d of %d)".formatted(index() + 1, scans);
    return "predict " + subject.id() + count;
  }

  @Override
  public String id() {
    return idFor(subject);
  }

  @Override
  public StageSpec spec() {
    Prediction prediction = context.prediction();
    return context
        .compute()
        .tensorSpec(id(), StageKind.PREDICT, getClass())
        .with("image", new Input.Volumes(() -> List.of(subject), Optional.empty()))
        .with("model", new Input.UserFile(prediction.model()))
        .with("components", ExperimentJson.write(context.components()))
        .with("probabilities", Boolean.toString(prediction.probabilities()))
        .with("batchSize", Integer.toString(prediction.batchSize()));
  }

  /** Planes of the scan. */
  @Override
  public int steps() {
    return PredictionContext.planes(subject);
  }

  @Override
  public List<Path> outputs() {
    return List.of(context.output());
  }

  @Override
  public void leftOut() {
    context.leftOut(subject);
  }

  /** True: the scans have nothing to do with each other. */
  @Override
  public boolean othersContinue() {
    return true;
  }

  @Override
  public void run(StageWork work) {
    long start = System.nanoTime();
    ImageHeader header = NiftiReader.readHeader(subject.image());
    header.remarks().forEach(remark -> work.progress().warn(subject.image() + " " + remark.text()));
    List<OrganMeasure> measures = ScanMemory.of(subject, () -> predict(header, work));
    PredictionFolders made = new PredictionFolders(work.folder());
    AtomicFile.writeText(made.measures(subject), ExperimentJson.write(measures) + "\n");
    work.progress().message(subject.id() + ": " + text(measures));
    String left = context.pace().predicted(index(), (System.nanoTime() - start) * 1e-9);
    if (!left.isEmpty()) {
      work.progress().message(left);
    }
  }

  private int index() {
    return context.subjects().indexOf(subject);
  }

  @ResultNeutral
  private void warn(Scan scan, StageWork work) {
    context.scanWarnings(scan).forEach(work.progress()::warn);
  }

  private List<OrganMeasure> predict(ImageHeader header, StageWork work) {
    List<String> organs = context.card().organs();
    Prediction options = context.prediction();
    PredictionFolders made = new PredictionFolders(work.folder());
    List<Path> probabilities =
        options.probabilities()
            ? organs.stream().map(organ -> made.probabilities(subject, organ)).toList()
            : List.of();
    Scan scan = SubjectReader.image(subject);
    if (!scan.image().grid().equals(header.grid())) {
      throw new BadInputException(
          subject.image() + " was replaced while it was read.", "Run the same goal again.");
    }
    warn(scan, work);
    return new ScanPrediction(
            context.scorer(),
            organs,
            context.card().preprocessing(),
            new ComponentFilter(context.components(), organs))
        .write(scan, header, made.labels(subject), probabilities, work.progress()::step);
  }

  /** Such as {@code liver 1402.3 ml, spleen not found}. */
  private static String text(List<OrganMeasure> measures) {
    return measures.stream()
        .map(
            organ ->
                organ.voxels() == 0
                    ? organ.organ() + " not found"
                    : String.format(Locale.ROOT, "%s %.1f ml", organ.organ(), organ.volumeMl()))
        .collect(Collectors.joining(", "));
  }
}
