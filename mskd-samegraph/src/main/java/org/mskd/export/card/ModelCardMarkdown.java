package org.mskd.export.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mskd.evaluation.OrganScore;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Preprocessing;
import org.mskd.export.CheckResult;
import org.mskd.export.OnnxFile;

/** {@code MODEL_CARD.md}: one section per exported network. No paths, no times. */
public final class ModelCardMarkdown {
  private ModelCardMarkdown() {}

  /**
   * The text.
   *
   * @param version of mskd
   */
  public static String text(List<ExportedModel> models, String version) {
    String list =
        models.stream()
            .map(model -> "- `" + model.file() + "`: " + summary(model) + "\n")
            .collect(Collectors.joining());
    return "# Model card\n\nNetworks that segment organs in CT, exported by mskd "
        + version
        + ":\n\n"
        + list
        + models.stream().map(ModelCardMarkdown::section).collect(Collectors.joining());
  }

  private static String summary(ExportedModel model) {
    return String.join(", ", model.card().organs());
  }

  private static String section(ExportedModel model) {
    TrainingMarkdown training = new TrainingMarkdown(model);
    return "\n## "
        + model.name()
        + "\n\n### Intended use\n\n"
        + use(model)
        + "\n### Training\n\n"
        + training.training()
        + "### Data\n\n"
        + training.data()
        + "### Scores\n\n"
        + scores(model)
        + "### Limits\n\n"
        + limits(model).stream().map(limit -> "- " + limit + "\n").collect(Collectors.joining())
        + "\n### File\n\n"
        + file(model);
  }

  private static String use(ExportedModel model) {
    return """
    Research on the segmentation of organs in CT. The network gives logits of background and of %s
    for each pixel of axial slices. It is not a medical device. It was not validated for diagnosis or
    treatment, and no decision about a patient may depend on it.
    """
        .formatted(String.join(", ", model.card().organs()));
  }

  private static String scores(ExportedModel model) {
    return model
        .scores()
        .map(
            scores ->
                "Test set `"
                    + scores.metrics().testSet()
                    + "`.\n"
                    + new ScoresMarkdown(model, scores).text())
        .orElse(
            "There are no scores of this network: it was not evaluated where it was exported.\n\n");
  }

  private static List<String> limits(ExportedModel model) {
    Preprocessing preprocessing = model.card().preprocessing();
    List<String> limits = new ArrayList<>();
    if (model.phantoms()) {
      limits.add("It was trained on phantoms alone. Its scores say nothing about CT of people.");
    }
    if (!model.card().subjects().isEmpty()) {
      limits.add(
          "It was trained on %s. Nothing is known about scanners, protocols, patients and diseases"
                  .formatted(scans(model.card().subjects().size()))
              + " other than theirs.");
    }
    model.scores().ifPresent(scores -> limits.add(tested(model, scores)));
    limits.add(
        String.format(
            Locale.ROOT,
            "Intensities below %s HU and above %s HU are clipped.",
            CardNumber.of(preprocessing.windowLow()),
            CardNumber.of(preprocessing.windowHigh())));
    limits.add(new NeighbourText(model.card().network().neighbours()).limit());
    limits.add("One training with one seed: another seed gives other scores.");
    return limits;
  }

  private static String tested(ExportedModel model, CardScores scores) {
    var found = scores.metrics().models().get(0);
    long cases = found.cases().stream().map(score -> score.id()).distinct().count();
    List<String> missed = new ArrayList<>();
    for (String organ : model.card().organs()) {
      OrganScore score = found.organs().get(organ);
      if (score != null && score.missed() > 0) {
        missed.add("%s in %d of %d".formatted(organ, score.missed(), score.cases()));
      }
    }
    return "It was scored on %s. The intervals describe the choice of these, not other data."
            .formatted(scans((int) cases))
        + (missed.isEmpty() ? "" : " Missed: " + String.join(", ", missed) + ".");
  }

  private static String scans(int count) {
    return count == 1 ? "1 scan" : count + " scans";
  }

  private static String file(ExportedModel model) {
    int side = model.card().inputSize();
    int classes = model.card().organs().size() + 1;
    int inputs = model.card().inputChannels();
    Neighbours neighbours = model.card().network().neighbours();
    Preprocessing preprocessing = model.card().preprocessing();
    String spacing =
        preprocessing.targetSpacing().isEmpty()
            ? "the longer side of a slice fills it"
            : "target spacing %s mm"
                .formatted(
                    preprocessing.targetSpacing().stream()
                        .map(CardNumber::of)
                        .collect(Collectors.joining(", ")));
    MarkdownTable table =
        new MarkdownTable("property", "value")
            .row("file", "`" + model.file() + "`, ONNX operator set " + OnnxFile.OPERATOR_SET)
            .row(
                "input",
                "`image`, 32-bit floats [batch, %d, %d, %d]".formatted(inputs, side, side));
    if (!neighbours.none()) {
      table.row("input channels", new NeighbourText(neighbours).channels());
    }
    return table
            .row(
                "output",
                "`logits`, 32-bit floats [batch, %d, %d, %d]".formatted(classes, side, side))
            .row("channels", "0 background, " + channels(model))
            .row(
                "input values",
                String.format(
                    Locale.ROOT,
                    "HU clipped to %s .. %s, scaled linearly to -1 .. 1, padded with -1",
                    CardNumber.of(preprocessing.windowLow()),
                    CardNumber.of(preprocessing.windowHigh())))
            .row(
                "slices",
                "%d x %d pixels, %s; columns from left to right of the patient, rows from back to front"
                    .formatted(preprocessing.sliceSize(), preprocessing.sliceSize(), spacing))
            .row("length", model.bytes() + " bytes")
            .row("SHA-256", "`" + model.sha256() + "`")
            .row("SHA-256 of the `.mskd` model", "`" + model.modelSha256() + "`")
            .row("check", model.check().map(CheckResult::text).orElse("not checked"))
            .text()
        + """
        The metadata of the file hold the same settings. A class is the channel with the largest
        logit. docs/export.md of mskd describes how a scan becomes slices, and logits a label volume.
        """;
  }

  private static String channels(ExportedModel model) {
    List<String> organs = model.card().organs();
    List<String> names = new ArrayList<>();
    for (int k = 0; k < organs.size(); k++) {
      names.add((k + 1) + " " + organs.get(k));
    }
    return String.join(", ", names);
  }
}
