package org.mskd.experiment;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.mskd.problem.BadInputException;

/** Presets, ablations, methods, teachers' files and unlabelled sources. */
class SwitchesTest {
  private static Method method(String name) {
    return new Method(name, "mskd", new TreeMap<>());
  }

  private static final DatasetSource LIVER = new DatasetSource("liver", Path.of("l"), null);
  private static final TeacherFile SPLEEN = new TeacherFile("spleen", Path.of("spleen.mskd"));
  private static final UnlabelledSource ARCHIVE = new UnlabelledSource("archive", Path.of("a"));
  private static final Distillation WHOLE = Distillation.DEFAULT;

  private static Experiment experiment(
      List<DatasetSource> datasets,
      List<UnlabelledSource> unlabelled,
      List<TeacherFile> teachers,
      Training training,
      Method... methods) {
    return new ExperimentBuilder()
        .seed(7)
        .datasets(datasets)
        .unlabelled(unlabelled)
        .teachers(teachers)
        .preprocessing(new Preprocessing(512, -125, 275, List.of()))
        .network(new Network(8, 4, Normalization.INSTANCE))
        .training(training)
        .methods(List.of(methods))
        .teacherOutputs(TeacherOutputs.LIVE)
        .build();
  }

  private static Experiment experiment(
      List<DatasetSource> datasets, List<UnlabelledSource> unlabelled, List<TeacherFile> teachers) {
    return experiment(datasets, unlabelled, teachers, Training.DEFAULT, method("mskd"));
  }

  private static UnlabelledSource images(String name) {
    return new UnlabelledSource(name, Path.of("a"));
  }

  private static void refused(String expected, Executable action) {
    BadInputException e = assertThrows(BadInputException.class, action);
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private static Training patches(int batchSize, int patchSize) {
    return new Training(batchSize, 1, 1, 3e-4, 0.33, patchSize, Plateau.SOURCE, Adam.PLAIN, 1);
  }

  @Test
  void thePresetsAreThePaperAndNnunet() {
    // "lowered by 20 %", at once; nnU-Net v1: factor 0.2, patience 30, average; amsgrad, 3e-5.
    Training source = Preset.SOURCE.training();
    assertEquals(Training.DEFAULT, source);
    assertEquals(new Plateau(0.8, 0, 1e-3, PlateauSignal.EPOCH), source.schedule());
    assertEquals(new Adam(false, 0, 0), source.optimizer());
    Training nnunet = Preset.NNUNET.training();
    assertEquals(new Plateau(0.2, 30, 1e-3, PlateauSignal.AVERAGE), nnunet.schedule());
    assertEquals(new Adam(true, 3e-5, 0), nnunet.optimizer());
    assertEquals(source, nnunet.with(source.schedule()).with(source.optimizer()));
    for (Preset preset : List.of(Preset.SOURCE, Preset.NNUNET)) {
      assertEquals(Network.DEFAULT, preset.network());
      assertEquals(Distillation.DEFAULT, preset.distillation(true));
    }
  }

  @Test
  void presetsForScoresKeepLabelsWhereThereAreAny() {
    for (Preset preset : List.of(Preset.FAST, Preset.ACCURATE)) {
      assertEquals(1, preset.distillation(true).labelWeight());
      assertEquals(Distillation.DEFAULT, preset.distillation(false));
      assertEquals(0, preset.training().patchSize());
    }
    Distillation accurate = Preset.ACCURATE.distillation(true);
    assertEquals(LossNormalization.REGION, accurate.normalization());
    assertEquals(16, accurate.backgroundWeight());
  }

  /** With the usual batch of 4, three slices contain the organ. */
  @Test
  void accurateShowsTheOrgansMoreOften() {
    assertEquals(4, Preset.ACCURATE.training().batchSize());
    assertEquals(3, Preset.ACCURATE.training().forcedSlots());
    for (Preset preset : List.of(Preset.SOURCE, Preset.NNUNET, Preset.FAST)) {
      assertEquals(1, preset.training().forcedSlots());
    }
  }

  @Test
  void aMethodHasANameOfItsOwn() {
    Method mskd = method("mskd");
    refused("any name but 'teachers'", () -> method("Teachers"));
    refused("name is a/b.", () -> method("a/b"));
    refused("MSKD twice", () -> Method.checkNames(List.of(mskd, method("MSKD"))));
    refused(
        "mskd twice",
        () -> experiment(List.of(LIVER), List.of(), List.of(), patches(4, 0), mskd, mskd));
  }

  @Test
  void levelsAreAscendingAndOnce() {
    assertEquals(List.of(0, 1, 3), FeatureTerms.DEFAULT.atLevels(List.of(3, 0, 1)).levels());
    refused("each level once", () -> FeatureTerms.DEFAULT.atLevels(List.of(1, 1)));
    refused("<featureLevel> is empty", () -> FeatureTerms.DEFAULT.atLevels(List.of()));
  }

  @Test
  void organsOfFilesFollowThoseOfDataSets() {
    TeacherFile liver = new TeacherFile("liver", Path.of("liver.mskd"));
    Experiment mixed = experiment(List.of(LIVER), List.of(ARCHIVE), List.of(SPLEEN, liver));
    assertEquals(List.of("liver", "spleen"), mixed.organs());
    assertEquals(List.of("liver", "archive"), mixed.sources());
    assertEquals(Optional.of(liver), mixed.teacherFile("liver"));
    assertEquals(
        Optional.empty(),
        experiment(List.of(LIVER), List.of(), List.of(SPLEEN)).teacherFile("liver"));
  }

  /** The JSON of earlier versions, of which stages and locks are made, has no coordinates. */
  @Test
  void aTeacherIsNamedByItsCoordinatesWhereItHasSome() {
    TeacherFile artifact = new TeacherFile("liver", Path.of("m"), "org.h:liver:1.2");
    assertEquals("org.h:liver:1.2", artifact.named());
    assertEquals(artifact, ExperimentJson.read(ExperimentJson.write(artifact), TeacherFile.class));
    assertEquals("spleen.mskd", SPLEEN.named());
    assertEquals("{\"model\":\"spleen.mskd\",\"organ\":\"spleen\"}", ExperimentJson.write(SPLEEN));
    assertEquals(SPLEEN, ExperimentJson.read(ExperimentJson.write(SPLEEN), TeacherFile.class));
  }

  @Test
  void anExperimentMayHaveNoStudents() {
    Experiment teachers = new ExperimentBuilder().datasets(List.of(LIVER)).build();
    assertEquals(List.of(), teachers.methods());
    assertEquals(teachers, ExperimentJson.read(ExperimentJson.write(teachers), Experiment.class));
    refused(
        "method is mskd.",
        () ->
            teachers.toBuilder()
                .rules(
                    List.of(new Rule(RuleMetric.DICE, Rule.MEAN, "mskd", Rule.Kind.MINIMUM, 0, "")))
                .build());
  }

  @Test
  void thereMustBeImagesAndTeachersAndNamesThatDiffer() {
    assertAll(
        () ->
            refused(
                "<datasets> declares no", () -> experiment(List.of(), List.of(ARCHIVE), List.of())),
        () ->
            refused(
                "no images to learn from", () -> experiment(List.of(), List.of(), List.of(SPLEEN))),
        () ->
            refused(
                "<teachers> declares spleen twice. Keep one <teacher>.",
                () -> experiment(List.of(), List.of(ARCHIVE), List.of(SPLEEN, SPLEEN))),
        () ->
            refused(
                "<unlabelled> declares archive twice. Choose another <name>, or put",
                () -> experiment(List.of(LIVER), List.of(ARCHIVE, ARCHIVE), List.of())),
        () ->
            refused(
                "<datasets> declares liver twice. Give each organ one <dataset>;",
                () -> experiment(List.of(LIVER, LIVER), List.of(), List.of())),
        () ->
            refused(
                "<images> liver has the name of <dataset> liver. Choose another <name>",
                () -> experiment(List.of(LIVER), List.of(images("liver")), List.of())),
        () ->
            refused(
                "<images> LIVER has the name of <dataset> liver. Choose another <name>",
                () -> experiment(List.of(LIVER), List.of(images("LIVER")), List.of())),
        () ->
            refused(
                "archive and Archive",
                () -> experiment(List.of(LIVER), List.of(ARCHIVE, images("Archive")), List.of())),
        () ->
            refused(
                "liver and Liver",
                () ->
                    experiment(
                        List.of(LIVER),
                        List.of(),
                        List.of(new TeacherFile("Liver", Path.of("x"))))));
  }

  @Test
  void thePatchIsTheNetworksInput() {
    assertEquals(512, experiment(List.of(LIVER), List.of(), List.of()).inputSize());
    assertEquals(64, patched(4, 64).inputSize());
    refused("patchSize is 40. Allowed is a multiple of 16", () -> patched(4, 40));
    refused("from 1 to 512", () -> patched(4, 528));
    refused("2x2 or more", () -> patched(4, 16));
    // 1024 x 512^2 x 3 x 8 values are too many, 1024 x 256^2 x 24 = 1.5 2^30 are not.
    assertEquals(256, patched(1024, 256).inputSize());
    refused("<sliceSize> 512", () -> patched(1024, 0));
    refused("<patchSize> 512", () -> patched(1024, 512));
  }

  private static Experiment patched(int batchSize, int patchSize) {
    return experiment(
        List.of(LIVER), List.of(), List.of(), patches(batchSize, patchSize), method("mskd"));
  }

  @Test
  void aRefusedValueNamesParameterValueAndWhatIsAllowed() {
    NotAllowedException e =
        assertThrows(NotAllowedException.class, () -> WHOLE.withFeatureWeight(-1));
    assertEquals("featureWeight is -1. Allowed is a number of at least 0.", e.getMessage());
    assertEquals("featureWeight", e.parameter());
    assertEquals("-1", e.value());
    assertEquals("a number of at least 0", e.allowed());
  }

  @Test
  void jsonCarriesEverySwitch() {
    Experiment all =
        experiment(
            List.of(LIVER),
            List.of(ARCHIVE),
            List.of(SPLEEN),
            Preset.NNUNET.training(),
            new Method(
                "mine",
                "marginal",
                new TreeMap<>(Map.of("exclusionWeight", "0.5", "featureLevel", "0 2"))));
    assertEquals(all, ExperimentJson.read(ExperimentJson.write(all), Experiment.class));
  }

  @Test
  void settingsWithoutEffectAreAtTheirDefault() {
    Distillation whole = Distillation.DEFAULT;
    FeatureTerms deep = new FeatureTerms(List.of(1, 3), FeatureSource.DECODER, false);
    Regions winner = new Regions(true, Overlap.WINNER, MaskDownsampling.MAX);
    Distillation other =
        whole.withFeatures(deep).withRegions(winner).withNormalization(LossNormalization.REGION);
    assertEquals(whole, whole.effective());
    assertEquals(other, other.effective(), "here all of it matters");
    assertEquals(
        whole
            .withFeatureWeight(0)
            .withRegions(new Regions(true, Overlap.WINNER, MaskDownsampling.NEAREST))
            .withNormalization(LossNormalization.REGION),
        other.withFeatureWeight(0).effective(),
        "no feature terms: the logit terms' regions stay");
    assertEquals(
        whole.withFeatures(deep).withRegions(Regions.DEFAULT.unmasked()),
        other.withRegions(winner.unmasked()).effective(),
        "no masks: features stay");
    Distillation shallow = other.withFeatures(deep.atLevels(List.of(0)));
    assertEquals(
        shallow.withRegions(new Regions(true, Overlap.WINNER, MaskDownsampling.NEAREST)),
        shallow.effective());
    assertEquals(
        whole.withLabelWeight(2).withTemperature(3).withBackgroundWeight(4),
        whole.withLabelWeight(2).withTemperature(3).withBackgroundWeight(4).effective());
  }
}
