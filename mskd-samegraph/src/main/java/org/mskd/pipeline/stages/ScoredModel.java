package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mskd.dataset.DatasetFolder;
import org.mskd.dataset.LabelMap;
import org.mskd.dataset.Subject;
import org.mskd.evaluation.ModelCost;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.LabelReading;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Scoring;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.ValueRange;
import org.mskd.model.ModelCard;
import org.mskd.pipeline.models.ModelName;
import org.mskd.pipeline.stage.Input;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.problem.BadInputException;
import org.mskd.volume.ClassMap;
import org.mskd.volume.Orientation;

/**
 * A given model that is scored on a test set: on the organs that the one predicts and the other
 * annotates.
 *
 * @param context of its predictions
 * @param scoring with a test set of these organs alone: other ones are background
 * @param warnings about organs that are left out
 */
public record ScoredModel(PredictionContext context, Scoring scoring, List<String> warnings) {
  public ScoredModel {
    warnings = List.copyOf(warnings);
  }

  /**
   * The model with what it is scored on.
   *
   * @throws BadInputException if the test set annotates none of its organs
   */
  public static ScoredModel of(PredictionContext context, Scoring declared) {
    List<String> predicted = context.card().organs();
    List<OrganLabel> labels = declared.testSet().labels();
    List<OrganLabel> common =
        labels.stream().filter(label -> predicted.contains(label.organ())).toList();
    List<OrganLabel> others = labels.stream().filter(label -> !common.contains(label)).toList();
    if (common.isEmpty()) {
      throw new BadInputException(
          "%s predicts %s, but <labels> of the test set name %s alone."
              .formatted(context.prediction().model(), String.join(", ", predicted), names(others)),
          "Give a test set that annotates one of the model's organs, or name them in <labels> as"
              + " the model does.");
    }
    List<String> warnings = new ArrayList<>();
    List<String> annotated = common.stream().map(OrganLabel::organ).toList();
    List<String> unscored = predicted.stream().filter(each -> !annotated.contains(each)).toList();
    if (!unscored.isEmpty()) {
      warnings.add(
          "The test set does not annotate "
              + String.join(", ", unscored)
              + ": predicted, but not scored.");
    }
    if (!others.isEmpty()) {
      warnings.add(
          "The model does not predict " + names(others) + ": background in the labels here.");
    }
    return new ScoredModel(
        context,
        new Scoring(
            with(declared.testSet(), common, others),
            declared.surfaceToleranceMm(),
            declared.seed()),
        warnings);
  }

  private static String names(List<OrganLabel> labels) {
    return String.join(", ", labels.stream().map(OrganLabel::organ).toList());
  }

  private static TestSet with(TestSet declared, List<OrganLabel> kept, List<OrganLabel> others) {
    LabelReading reading = declared.reading();
    List<ValueRange> background = new ArrayList<>(reading.background());
    others.stream()
        .flatMap(label -> label.values().stream())
        .map(ValueRange::of)
        .forEach(background::add);
    return new TestSet(
        declared.directory(),
        kept,
        new LabelReading(background, reading.ignored(), reading.grid()));
  }

  /** The organs that are scored, in the model's order. */
  public List<String> scored() {
    List<String> annotated = testSet().labels().stream().map(OrganLabel::organ).toList();
    return organs().stream().filter(annotated::contains).toList();
  }

  /** The organs of the model, of classes 1..K. */
  List<String> organs() {
    return context.card().organs();
  }

  TestSet testSet() {
    return scoring.testSet();
  }

  /** Adds the model and the test set as inputs. */
  StageSpec in(StageSpec spec) {
    return spec.with("volumes", new Input.Volumes(this::cases, Optional.empty()))
        .with("model", new Input.UserFile(context.prediction().model()))
        .with("labels", ExperimentJson.write(testSet().labels()))
        .with("labelReading", ExperimentJson.write(testSet().reading()));
  }

  List<Subject> cases() {
    return DatasetFolder.test(testSet().directory());
  }

  /** How messages name it. */
  String named() {
    return context.prediction().model() + ", the given model";
  }

  /** Its name among scores. */
  String name() {
    Path file = context.prediction().model().getFileName();
    return ModelName.of(context.card(), file == null ? "model" : file.toString()).text();
  }

  ModelCost cost() {
    List<ModelCard> members = context.cards();
    return new ModelCost(
        members.stream().mapToInt(ModelCard::passes).sum(),
        context.card().heads(),
        members.stream().mapToLong(member -> member.architecture().parameterCount()).sum());
  }

  /** The file with the prediction of a case, whose id may differ from that of the same scan. */
  Path prediction(Subject subject) {
    Subject scan =
        context.subjects().stream()
            .filter(each -> each.image().equals(subject.image()))
            .findFirst()
            .orElseThrow();
    return new PredictionFolders(context.output()).labels(scan);
  }

  /** The predicted classes of a case, in canonical order. */
  ClassMap predicted(Subject subject) {
    List<OrganLabel> values = new ArrayList<>();
    organs().forEach(organ -> values.add(new OrganLabel(organ, values.size() + 1)));
    TestSet predictions = new TestSet(context.output(), values);
    return Orientation.toCanonical(LabelMap.test(predictions, organs()).read(prediction(subject)));
  }
}
