package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mskd.code.ResultNeutral;
import org.mskd.dataset.PredictionInput;
import org.mskd.dataset.Scan;
import org.mskd.dataset.SetFolders;
import org.mskd.dataset.Subject;
import org.mskd.experiment.KeptComponents;
import org.mskd.experiment.Prediction;
import org.mskd.file.VerifiedFiles;
import org.mskd.finding.Finding;
import org.mskd.finding.FingerprintedSet;
import org.mskd.finding.IntensityCheck;
import org.mskd.finding.ScanSizes;
import org.mskd.fingerprint.FingerprintMaker;
import org.mskd.fingerprint.ScanFingerprint;
import org.mskd.fingerprint.ScanGeometry;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelEnsemble;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.prediction.EnsembleScorer;
import org.mskd.prediction.SliceScorer;
import org.mskd.problem.BadInputException;
import org.mskd.volume.NiftiReader;
import org.mskd.volume.Orientation;

/**
 * What the stages of a prediction share: the model, which is loaded once, when the first scan needs
 * it, and stays loaded until the worker ends.
 */
public final class PredictionContext {
  private final Prediction prediction;
  private final Path output;
  private final ComputeContext compute;
  private final VerifiedFiles verified;
  private final List<ModelCard> cards;
  private final List<KeptComponents> components;
  private final List<Subject> subjects;
  private final Set<Subject> leftOut = new HashSet<>();
  private SliceScorer scorer;
  private PredictionPace pace;

  /**
   * @param prediction what is predicted
   * @param request of the worker, which has the folder of the predictions
   * @throws BadInputException if the model or the input cannot be used
   */
  public PredictionContext(Prediction prediction, WorkerRequest request) {
    this.prediction = prediction;
    this.output = request.outputDirectory();
    this.compute = new ComputeContext(request.threads(), request.environment());
    this.verified = request.options().verified();
    this.cards = ModelEnsemble.readCards(prediction.model());
    this.components = componentsOf(prediction.components(), card());
    this.subjects = PredictionInput.scans(prediction.input());
    EarlierPredictions.requireOrgans(output, card().organs(), subjects);
  }

  /** Those of a POM name all organs; a teacher predicts one of them. */
  private static List<KeptComponents> componentsOf(List<KeptComponents> declared, ModelCard card) {
    if (card.kind() == ModelKind.TEACHER) {
      return declared.stream().filter(kept -> card.organs().contains(kept.organ())).toList();
    }
    KeptComponents.check(declared, card.organs());
    return declared;
  }

  /** The components that are kept of the model's organs. */
  List<KeptComponents> components() {
    return components;
  }

  Prediction prediction() {
    return prediction;
  }

  Path output() {
    return output;
  }

  ComputeContext compute() {
    return compute;
  }

  /** Descriptions of the models of an ensemble; of one model where it is none. */
  List<ModelCard> cards() {
    return cards;
  }

  /** Description of the model; of the first one where it is an ensemble. */
  ModelCard card() {
    return cards.get(0);
  }

  /** The scans, by id. */
  public List<Subject> subjects() {
    return subjects;
  }

  /** Notes a scan that could not be predicted. */
  synchronized void leftOut(Subject subject) {
    leftOut.add(subject);
  }

  /** Whether this run failed to predict a scan. */
  synchronized boolean isLeftOut(Subject subject) {
    return leftOut.contains(subject);
  }

  /** What else lies in the folder of the scans. */
  SetFolders folders() {
    return SetFolders.ofInput(prediction.input());
  }

  /** What looks wrong with a scan, by itself and beside the training scans of the model. */
  @ResultNeutral
  List<String> scanWarnings(Scan scan) {
    ScanFingerprint fingerprint =
        FingerprintMaker.of(
            scan.subject().imageName(), scan.image(), Optional.empty(), List.of(), 1);
    FingerprintedSet set = new FingerprintedSet("<input>", List.of(fingerprint));
    List<Finding> findings = new ArrayList<>(IntensityCheck.of(set));
    findings.addAll(new ScanSizes(trainingSizes()).of(set));
    return findings.stream().map(Finding::text).toList();
  }

  /** Models of other programs may lack the record. */
  @ResultNeutral
  private List<ScanGeometry> trainingSizes() {
    List<ScanGeometry> sizes = new ArrayList<>();
    for (Map<String, Object> subject : trainingSubjects()) {
      if (subject.get("geometry") instanceof Map<?, ?> geometry) {
        double x = number(geometry, "spacingX");
        double y = number(geometry, "spacingY");
        ScanGeometry size =
            new ScanGeometry(
                Math.max(x, y),
                number(geometry, "spacingZ"),
                Math.max(x * number(geometry, "nx"), y * number(geometry, "ny")));
        if (size.inPlaneMm() > 0 && size.sliceMm() > 0 && size.fieldMm() > 0) {
          sizes.add(size);
        }
      }
    }
    return sizes;
  }

  private List<Map<String, Object>> trainingSubjects() {
    return cards.stream().flatMap(card -> card.subjects().stream()).distinct().toList();
  }

  private static double number(Map<?, ?> geometry, String name) {
    return geometry.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** The loaded model. */
  synchronized SliceScorer scorer() {
    if (scorer == null) {
      verified.require(prediction.model(), prediction.model());
      List<Model> models = ModelEnsemble.read(prediction.model());
      scorer = EnsembleScorer.of(models, prediction.batchSize());
    }
    return scorer;
  }

  /** How far the prediction of all scans is. */
  synchronized PredictionPace pace() {
    if (pace == null) {
      pace =
          new PredictionPace(subjects.stream().map(PredictionContext::planesIfReadable).toList());
    }
    return pace;
  }

  /** The stage of a scan whose header is damaged reports it; the other scans do not wait for it. */
  private static int planesIfReadable(Subject subject) {
    try {
      return planes(subject);
    } catch (BadInputException e) {
      return 0;
    }
  }

  /**
   * Axial planes of a scan.
   *
   * @throws BadInputException if its header is damaged
   */
  static int planes(Subject subject) {
    return Orientation.canonical(NiftiReader.readGrid(subject.image())).nz();
  }
}
