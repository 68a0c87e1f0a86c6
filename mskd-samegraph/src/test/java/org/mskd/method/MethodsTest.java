package org.mskd.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Method;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Regions;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.option.Option;
import org.mskd.option.OptionValues;
import org.mskd.problem.BadInputException;
import org.mskd.training.Trainer;

class MethodsTest {
  private static final Distillation PAPER = Distillation.DEFAULT;

  private static String refused(Executable what) {
    return assertThrows(BadInputException.class, what).getMessage();
  }

  private static void refused(String part, Executable what) {
    String message = refused(what);
    assertTrue(message.contains(part), message);
  }

  private static Method declared(String type, Map<String, String> options) {
    return new Method("one", type, new TreeMap<>(options));
  }

  private static OptionValues setting(String name, Distillation from) {
    return new MskdMethod()
        .namedSettings().stream()
            .filter(setting -> setting.name().equals(name))
            .map(setting -> setting.change().apply(DistillationOptions.values(from)))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void allAreFound() {
    assertEquals(
        List.of(
            "co-training",
            "conditional",
            "dodnet",
            "hinton",
            "ltuda",
            "marginal",
            "mskd",
            "pann",
            "self-training",
            "soft-labels",
            "supervised"),
        Methods.installed().students().stream().map(TrainingMethod::id).toList());
    assertTrue(Methods.installed().find("teacher").isPresent());
  }

  @Test
  void whatIsNotThereIsNamed() {
    refused(
        "no training method 'nnunet'", () -> Methods.installed().of(declared("nnunet", Map.of())));
    refused(
        "no option alpha",
        () -> Methods.installed().of(declared("marginal", Map.of("alpha", "1"))));
    refused(
        "<exclusionWeight> of method one is -1. Allowed is a number of at least 0.",
        () -> Methods.installed().of(declared("marginal", Map.of("exclusionWeight", "-1"))));
  }

  @Test
  void twoOfOneIdAreRefused() {
    refused(
        "both have the id 'marginal'",
        () -> new Methods(List.of(new MarginalMethod(), new MarginalMethod())));
    refused("has the id 'No good'", () -> new Methods(List.of(new Named("No good"))));
  }

  private record Named(String id) implements TrainingMethod {
    @Override
    public String description() {
      return "for a test";
    }

    @Override
    public Requirements requires(OptionValues options) {
      return Requirements.annotated();
    }

    @Override
    public Trainer trainer(TrainingContext context, OptionValues options) {
      throw new UnsupportedOperationException("not trained");
    }
  }

  @Test
  void theOptionsOfMskdAreThePapers() {
    OptionValues defaults = OptionValues.defaults(new MskdMethod().options());
    assertEquals(PAPER, DistillationOptions.of(defaults));
    Distillation other =
        PAPER
            .withTemperature(3)
            .withLabelWeight(0.5)
            .withCutMix(0.25)
            .withFeatures(FeatureTerms.DEFAULT.atLevels(List.of(0, 2)).unsorted())
            .withRegions(Regions.DEFAULT.unmasked());
    assertEquals(other, DistillationOptions.of(DistillationOptions.values(other)));
  }

  @Test
  void anAblationTakesOnePartAway() {
    Distillation other = PAPER.withTemperature(3).withLabelWeight(0.5);
    Map<String, Distillation> expected =
        Map.of(
            "mskd-logits", other.withFeatureWeight(0),
            "mskd-no-background", other.withBackgroundWeight(0),
            "mskd-no-mask", other.withRegions(Regions.DEFAULT.unmasked()),
            "mskd-no-sort", other.withFeatures(FeatureTerms.DEFAULT.unsorted()),
            "mskd-level-0", other.withFeatures(FeatureTerms.DEFAULT.atLevels(List.of(0))),
            "mskd-level-1", other,
            "mskd-level-2", other.withFeatures(FeatureTerms.DEFAULT.atLevels(List.of(2))),
            "mskd-level-3", other.withFeatures(FeatureTerms.DEFAULT.atLevels(List.of(3))),
            "mskd-level-4", other.withFeatures(FeatureTerms.DEFAULT.atLevels(List.of(4))));
    assertEquals(
        expected.keySet(),
        Map.copyOf(
                new MskdMethod()
                    .namedSettings().stream()
                        .collect(
                            java.util.stream.Collectors.toMap(
                                NamedSetting::name, NamedSetting::option)))
            .keySet());
    expected.forEach(
        (name, settings) ->
            assertEquals(DistillationOptions.values(settings), setting(name, other), name));
  }

  @Test
  void onlyMskdWithALabelWeightRequiresLabels() {
    MskdMethod mskd = new MskdMethod();
    assertFalse(mskd.requires(DistillationOptions.values(PAPER)).needsLabels());
    assertTrue(mskd.requires(DistillationOptions.values(PAPER.withLabelWeight(1))).needsLabels());
    assertEquals(
        Optional.empty(),
        mskd.requires(DistillationOptions.values(PAPER.withFeatureWeight(0)))
            .teachers()
            .orElseThrow()
            .features());
    for (String id : List.of("supervised", "marginal", "conditional", "dodnet")) {
      TrainingMethod method = Methods.installed().named(id);
      assertTrue(method.requires(OptionValues.defaults(method.options())).teachers().isEmpty(), id);
    }
  }

  private static final DatasetSource LIVER =
      new DatasetSource("liver", Path.of("liver"), List.of(1));
  private static final DatasetSource SPLEEN =
      new DatasetSource("spleen", Path.of("spleen"), List.of(1));

  private static MultiOrganSource several(String... organs) {
    List<OrganLabel> labels =
        java.util.stream.IntStream.range(0, organs.length)
            .mapToObj(i -> new OrganLabel(organs[i], i + 1))
            .toList();
    return new MultiOrganSource("all", List.of(Path.of("images")), Path.of("labels"), labels);
  }

  private static ExperimentBuilder twoOrgans(Method... methods) {
    return new ExperimentBuilder().datasets(List.of(LIVER, SPLEEN)).methods(List.of(methods));
  }

  @Test
  void supervisedNeedsASetThatAnnotatesEveryOrgan() {
    Method supervised = declared("supervised", Map.of());
    refused(
        "Method one needs labels of all organs (liver, spleen)",
        () -> MethodChecks.check(twoOrgans(supervised).build()));
    refused(
        "labels of all organs",
        () ->
            MethodChecks.check(
                twoOrgans(supervised).multiOrgan(List.of(several("liver"))).build()));
    MethodChecks.check(
        twoOrgans(supervised).multiOrgan(List.of(several("spleen", "liver"))).build());
  }

  @Test
  void sizesOfOrgansMustBeGivenOrMeasurable() {
    ExperimentBuilder both = twoOrgans(declared("pann", Map.of()));
    refused(
        "Method one needs the sizes of all organs (liver, spleen), but no <dataset> annotates them"
            + " all. Give each organ's share of the pixels of a slice as <sizePrior>,",
        () -> MethodChecks.check(both.build()));
    MethodChecks.check(both.multiOrgan(List.of(several("spleen", "liver"))).build());
    MethodChecks.check(twoOrgans(sizes("0.03 0.004")).build());
    refused(
        "<sizePrior> of method one has 3 shares for 2 organs. Give one share of the pixels of a"
            + " slice for each of liver, spleen, in this order,",
        () -> MethodChecks.check(twoOrgans(sizes("0.03 0.004 0.1")).build()));
    refused(
        "The shares of <sizePrior> of method one add up to 1.25, more than 1.",
        () -> MethodChecks.check(twoOrgans(sizes("0.75 0.5")).build()));
    refused(
        "<sizePrior> of method one is -0.1 0.2. Allowed is measured, or numbers from 0 to 1,",
        () -> MethodChecks.check(twoOrgans(sizes("-0.1 0.2")).build()));
    var training = org.mskd.experiment.Training.DEFAULT;
    refused(
        "forces every slice of a batch to contain an organ. Lower <annotatedFraction>,",
        () ->
            MethodChecks.check(
                twoOrgans(sizes("0.03 0.004"))
                    .training(
                        new org.mskd.experiment.Training(
                            4, 250, 4, 3e-4, 1, 0, training.schedule(), training.optimizer(), 1))
                    .build()));
  }

  @Test
  void aMethodThatMixesDataSetsNeedsDifferentOnesInABatch() {
    Method ltuda = declared("ltuda", Map.of());
    MethodChecks.check(twoOrgans(ltuda).training(batchOf(2)).build());
    MethodChecks.check(
        new ExperimentBuilder()
            .datasets(List.of(LIVER))
            .multiOrgan(List.of(several("liver", "spleen")))
            .methods(List.of(ltuda))
            .build());
    refused(
        "Method one mixes slices of data sets that annotate different organs, but <batchSize> is 1."
            + " Raise <batchSize> to 2 or more,",
        () -> MethodChecks.check(twoOrgans(ltuda).training(batchOf(1)).build()));
    // Unlabelled images are no part of this method's batches.
    ExperimentBuilder same =
        new ExperimentBuilder()
            .datasets(List.of(LIVER))
            .multiOrgan(List.of(several("liver")))
            .unlabelled(List.of(new UnlabelledSource("archive", Path.of("archive"))))
            .methods(List.of(ltuda));
    refused(
        "Method one mixes slices of data sets that annotate different organs, but all data sets"
            + " annotate the same organs. Add a <dataset> that annotates other organs,",
        () -> MethodChecks.check(same.build()));
    MethodChecks.check(same.methods(List.of(declared("marginal", Map.of()))).build());
  }

  @Test
  void mixingSlicesNeedsTwoOfThem() {
    Method mixed = MskdMethod.student("mixed", PAPER.withCutMix(0.5));
    refused(
        "Method mixed mixes the slices of a batch, but <batchSize> is 1. Raise <batchSize> to 2 or"
            + " more, or set <cutMix> to 0.",
        () -> MethodChecks.check(twoOrgans(mixed).training(batchOf(1)).build()));
    MethodChecks.check(twoOrgans(mixed).training(batchOf(2)).build());
    MethodChecks.check(twoOrgans(MskdMethod.student(PAPER)).training(batchOf(1)).build());
    // Of one data set too: any two slices can be mixed.
    MethodChecks.check(
        new ExperimentBuilder().datasets(List.of(LIVER)).methods(List.of(mixed)).build());
  }

  @Test
  void aProbabilityOfMixingIsOne() {
    for (String wrong : List.of("1.01", "-0.5", "NaN", "often")) {
      refused(
          "<cutMix> of method one is " + wrong + ". Allowed is a number",
          () -> Methods.installed().of(declared("mskd", Map.of("cutMix", wrong))));
    }
    refused("cutMix", () -> PAPER.withCutMix(1.5));
  }

  private static org.mskd.experiment.Training batchOf(int slices) {
    var training = org.mskd.experiment.Training.DEFAULT;
    return new org.mskd.experiment.Training(
        slices, 250, 4, 3e-4, 0.33, 0, training.schedule(), training.optimizer(), 1);
  }

  private static Method sizes(String shares) {
    return declared("pann", Map.of("sizePrior", shares));
  }

  @Test
  void labelsAndImagesMustBeDeclared() {
    Experiment given =
        new ExperimentBuilder()
            .teachers(List.of(new TeacherFile("liver", Path.of("liver.mskd"))))
            .unlabelled(List.of(new UnlabelledSource("archive", Path.of("archive"))))
            .methods(List.of(MskdMethod.student(PAPER.withLabelWeight(1))))
            .build();
    refused("Method mskd uses labels", () -> MethodChecks.check(given));
    Experiment only =
        new ExperimentBuilder()
            .multiOrgan(List.of(several("liver", "spleen")))
            .methods(List.of(MskdMethod.student(PAPER)))
            .build();
    assertEquals(List.of("liver", "spleen"), only.organs());
    refused("Method mskd has no images", () -> MethodChecks.check(only));
  }

  @Test
  void aLevelBelowTheNetworkNamesItsMethod() {
    Distillation deep = PAPER.withFeatures(FeatureTerms.DEFAULT.atLevels(List.of(0, 5)));
    refused(
        "<featureLevel> is 5 in method deep.",
        () -> MethodChecks.check(twoOrgans(MskdMethod.student("deep", deep)).build()));
    // Where no feature is compared, its level does not matter.
    MethodChecks.check(twoOrgans(MskdMethod.student("deep", deep.withFeatureWeight(0))).build());
  }

  /** 16 slices of 512, 16 organs, 32 channels: 2^31 values in one array of rows. */
  @Test
  void rowsOfTeacherFeaturesMustFitIntoAnArray() {
    List<DatasetSource> sixteen =
        java.util.stream.IntStream.range(0, 16)
            .mapToObj(i -> new DatasetSource("o" + i, Path.of("o" + i), List.of(1)))
            .toList();
    Distillation everywhere =
        PAPER
            .withFeatures(FeatureTerms.DEFAULT.atLevels(List.of(0)))
            .withRegions(Regions.DEFAULT.unmasked());
    var training = org.mskd.experiment.Training.DEFAULT;
    ExperimentBuilder large =
        new ExperimentBuilder()
            .datasets(sixteen)
            .training(
                new org.mskd.experiment.Training(
                    16, 250, 4, 3e-4, 0.33, 0, training.schedule(), training.optimizer(), 1));
    refused(
        "2147483648 feature values of level 0",
        () -> MethodChecks.check(large.methods(List.of(MskdMethod.student(everywhere))).build()));
    MethodChecks.check(large.methods(List.of(MskdMethod.student(PAPER))).build());
  }

  @Test
  void theseMethodsSuperviseCoarserOutputs() {
    assertEquals(
        List.of("hinton", "marginal", "mskd", "self-training", "supervised"),
        Methods.installed().students().stream()
            .filter(TrainingMethod::supervisesDeeply)
            .map(TrainingMethod::id)
            .toList());
    assertTrue(Methods.installed().named(TeacherMethod.ID).supervisesDeeply());
  }

  @Test
  void everyOptionHasALineOfHelp() {
    for (TrainingMethod method : Methods.installed().students()) {
      assertFalse(method.description().isBlank());
      for (Option<?> option : method.options()) {
        assertTrue(option.help().length() > 10, option.name());
      }
    }
  }
}
