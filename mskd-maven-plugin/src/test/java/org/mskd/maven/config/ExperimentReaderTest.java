package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.experiment.Adam;
import org.mskd.experiment.AugmentationKind;
import org.mskd.experiment.Blocks;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Evaluation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.FeatureSource;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.InitialModel;
import org.mskd.experiment.KeptComponents;
import org.mskd.experiment.LabelGrid;
import org.mskd.experiment.LabelReading;
import org.mskd.experiment.LossNormalization;
import org.mskd.experiment.MaskDownsampling;
import org.mskd.experiment.Method;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Overlap;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.Preset;
import org.mskd.experiment.Regions;
import org.mskd.experiment.Rule;
import org.mskd.experiment.Schedule;
import org.mskd.experiment.Sgd;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.experiment.Validation;
import org.mskd.experiment.ValueRange;
import org.mskd.maven.TeacherOnDisk;
import org.mskd.maven.artifact.ModelCoordinates;
import org.mskd.method.MskdMethod;
import org.mskd.model.ModelKind;
import org.mskd.problem.BadInputException;

class ExperimentReaderTest {
  private static final String LIVER =
      "<datasets><dataset><organ>liver</organ><directory>ct/liver</directory></dataset></datasets>";

  private static final String ALL =
      """
      <preset>nnunet</preset>
      <seed>7</seed>
      <datasets>
        <dataset><organ>liver</organ><directory>ct/liver</directory><labelValues>1 2</labelValues></dataset>
        <dataset><organ>spleen</organ><directory>/data/spleen</directory></dataset>
      </datasets>
      <teachers>
        <teacher><organ>spleen</organ><model>models/spleen.mskd</model></teacher>
        <teacher><organ>kidney</organ><model>/models/kidney.mskd</model></teacher>
      </teachers>
      <unlabelled>
        <images><name>archive</name><directory>ct/archive</directory></images>
        <images><name>trauma</name><directory>/data/trauma</directory></images>
      </unlabelled>
      <testSet><directory>ct/test</directory><labels>
        <label><organ>spleen</organ><value>3</value></label>
      </labels></testSet>
      <phantoms>
        <phantomDirectory>made</phantomDirectory><phantomOrgans>liver, spleen</phantomOrgans>
        <phantomSubjects>3</phantomSubjects><phantomTestSubjects>2</phantomTestSubjects>
        <phantomSize>64</phantomSize><phantomSlices>16</phantomSlices><phantomSeed>5</phantomSeed>
      </phantoms>
      <preprocessing><sliceSize>128</sliceSize><window>-100 240.5</window>
        <targetSpacing>1.5 5</targetSpacing></preprocessing>
      <network><baseChannels>16</baseChannels><depth>3</depth><normalization>none</normalization>
        <neighbours>1</neighbours><neighbourDistance>2.5</neighbourDistance>
        <blocks>residual</blocks></network>
      <training><batchSize>2</batchSize>
        <iterationsPerEpoch>10</iterationsPerEpoch><epochs>6</epochs>
        <studentEpochs>7</studentEpochs><warmupIterations>20</warmupIterations>
        <weightAverage>0.9</weightAverage>
        <learningRate>1e-3</learningRate><annotatedFraction>0.5</annotatedFraction>
        <patchSize>64</patchSize><plateauFactor>0.9</plateauFactor>
        <plateauPatience>3</plateauPatience><plateauThreshold>0.01</plateauThreshold>
        <plateauSignal>epoch</plateauSignal><amsgrad>false</amsgrad>
        <weightDecay>1e-4</weightDecay><gradientClipping>12</gradientClipping>
        <augmentation>true</augmentation><augmentationStrength>0.5</augmentationStrength>
        <augmentationKind>light</augmentationKind>
        <deepSupervision>true</deepSupervision></training>
      <distillation><backgroundWeight>2</backgroundWeight><featureWeight>5</featureWeight>
        <featureLevel>2 0</featureLevel><features>decoder</features>
        <sortFeatures>false</sortFeatures><temperature>4</temperature>
        <labelWeight>0.25</labelWeight><regionMasks>false</regionMasks><overlap>winner</overlap>
        <maskDownsampling>majority</maskDownsampling>
        <lossNormalization>region</lossNormalization><annotatedTargets>true</annotatedTargets>
        <cutMix>0.5</cutMix>
        <teacherOutputs>live</teacherOutputs><maxStore>500m</maxStore></distillation>
        <validation><validationShare>0.25</validationShare><folds>3</folds><onlyFolds>2</onlyFolds></validation>
      """;

  /** Every property of an experiment, with a value that differs from that in {@link #ALL}. */
  private static final List<String> OTHERS =
      List.of(
          "seed=8",
          "replicates=3",
          "validationShare=0",
          "validationSubjects=a b",
          "folds=4",
          "onlyFolds=1,3",
          "testSetDirectory=other",
          "phantomDirectory=drawn",
          "phantomOrgans=pancreas",
          "phantomSubjects=4",
          "phantomTestSubjects=1",
          "phantomSize=96",
          "phantomSlices=20",
          "phantomSeed=6",
          "sliceSize=256",
          "window=-50 50",
          "targetSpacing=2",
          "baseChannels=8",
          "depth=4",
          "normalization=instance",
          "neighbours=2",
          "neighbourDistance=5",
          "blocks=plain",
          "preset=source",
          "batchSize=3",
          "iterationsPerEpoch=11",
          "epochs=9",
          "studentEpochs=12",
          "warmupIterations=30",
          "weightAverage=0.99",
          "learningRate=0.002",
          "annotatedFraction=0.25",
          "patchSize=32",
          "plateauFactor=0.7",
          "plateauPatience=5",
          "plateauThreshold=0.02",
          "plateauSignal=average",
          "amsgrad=true",
          "weightDecay=0.003",
          "gradientClipping=1",
          "augmentation=false",
          "augmentationStrength=0",
          "augmentationKind=full",
          "deepSupervision=false",
          "backgroundWeight=0.5",
          "featureWeight=0",
          "featureLevel=1,3",
          "features=encoder",
          "sortFeatures=true",
          "temperature=2",
          "labelWeight=0.75",
          "co-training.focalGamma=1",
          "co-training.diceWeight=1",
          "co-training.softWeight=0.5",
          "co-training.rampUp=100",
          "co-training.dilation=5",
          "co-training.averageDecay=0.99",
          "co-training.averageWarmUp=false",
          "ltuda.strongViews=1",
          "ltuda.alignmentStart=0.25",
          "ltuda.labelEmphasis=0",
          "ltuda.diceWeight=0",
          "ltuda.prototypes=3",
          "ltuda.prototypeDecay=0.9",
          "ltuda.contrastWeight=0.1",
          "ltuda.distanceWeight=0.1",
          "ltuda.averageDecay=0.99",
          "ltuda.averageWarmUp=false",
          "hinton.temperature=4",
          "hinton.softWeight=0.9",
          "marginal.exclusionWeight=0.5",
          "pann.pseudoLabelWeight=0.5",
          "pann.priorWeight=1",
          "pann.sizePrior=0.02 0.01 0.004",
          "pann.warmUp=0.25",
          "pann.meanMomentum=0.9",
          "soft-labels.temperature=1",
          "soft-labels.consistencyWeight=2",
          "regionMasks=true",
          "overlap=sum",
          "maskDownsampling=max",
          "lossNormalization=image",
          "annotatedTargets=false",
          "cutMix=0.75",
          "teacherOutputs=stored",
          "maxStore=0",
          "surfaceTolerance=3.5",
          "components=liver 1, spleen=2",
          "methods=mskd");

  /** Properties that cannot be given with those of another schedule, optimizer and students. */
  private static final List<String> OTHER_KINDS =
      List.of("schedule=cosine", "optimizer=sgd", "momentum=0.9", "teachersOnly=true");

  @TempDir Path folder;

  private static Experiment read(String content, String... properties) {
    return new ExperimentReader(Pom.section(content, properties)).experiment();
  }

  /** With the POM in {@link #folder}, and a teacher in the file that it gives first. */
  private Experiment readAll(String... properties) {
    TeacherOnDisk.write(folder.resolve("models/spleen.mskd"), "spleen");
    return new ExperimentReader(Pom.section(folder, ALL, properties)).experiment();
  }

  private static void assertRefused(String content, String... parts) {
    String message = assertThrows(BadInputException.class, () -> read(content)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message + " lacks " + part);
    }
  }

  @Test
  void missingElementsHaveTheRecordsDefaults() {
    Experiment expected =
        new ExperimentBuilder()
            .seed(Experiment.DEFAULT_SEED)
            .datasets(
                List.of(
                    new DatasetSource(
                        "liver",
                        Pom.BASEDIR.resolve("ct/liver"),
                        DatasetSource.DEFAULT_LABEL_VALUES)))
            .methods(List.of(MskdMethod.student(Distillation.DEFAULT)))
            .build();
    assertEquals(expected, read(LIVER));
    assertEquals(expected, read(LIVER + "<training></training><network/>"));
  }

  @Test
  void aDistanceNeedsNeighbours() {
    String network = LIVER + "<network><neighbourDistance>5</neighbourDistance></network>";
    assertRefused(network, "<neighbourDistance> of <network> is 5", "no <neighbours>");
    String both =
        LIVER
            + "<network><neighbours>1</neighbours><neighbourDistance>5</neighbourDistance></network>";
    assertEquals(Neighbours.NONE, read(both, "neighbours=0").network().neighbours());
    assertEquals(new Neighbours(1, 5), read(network, "neighbours=1").network().neighbours());
  }

  @Test
  void everyElementReachesItsRecord() {
    Experiment expected =
        new ExperimentBuilder()
            .seed(7)
            .datasets(
                List.of(
                    new DatasetSource("liver", folder.resolve("ct/liver"), List.of(1, 2)),
                    new DatasetSource("spleen", Path.of("/data/spleen"), List.of(1))))
            .unlabelled(
                List.of(
                    new UnlabelledSource("archive", folder.resolve("ct/archive")),
                    new UnlabelledSource("trauma", Path.of("/data/trauma"))))
            .teachers(
                List.of(
                    new TeacherFile("spleen", folder.resolve("models/spleen.mskd")),
                    new TeacherFile("kidney", Path.of("/models/kidney.mskd"))))
            .testSet(
                Optional.of(
                    new TestSet(folder.resolve("ct/test"), List.of(new OrganLabel("spleen", 3)))))
            .phantoms(
                Optional.of(
                    new Phantoms(
                        folder.resolve("made"), List.of("liver", "spleen"), 3, 2, 64, 16, 5)))
            .preprocessing(new Preprocessing(128, -100, 240.5, List.of(1.5, 5.0)))
            .network(
                new Network(16, 3, Normalization.NONE, new Neighbours(1, 2.5), Blocks.RESIDUAL))
            .training(
                new Training(
                    2,
                    10,
                    6,
                    1e-3,
                    0.5,
                    64,
                    new Plateau(0.9, 3, 0.01, PlateauSignal.EPOCH),
                    new Adam(false, 1e-4, 12),
                    0.5,
                    20,
                    0.9,
                    7,
                    AugmentationKind.LIGHT,
                    true))
            .methods(
                List.of(
                    MskdMethod.student(
                        new Distillation(
                            2,
                            5,
                            0.25,
                            4,
                            new FeatureTerms(List.of(0, 2), FeatureSource.DECODER, false),
                            new Regions(false, Overlap.WINNER, MaskDownsampling.MAJORITY),
                            LossNormalization.REGION,
                            true,
                            0.5))))
            .teacherOutputs(new TeacherOutputs(TeacherOutputs.Mode.LIVE, 500L << 20))
            .validation(new Validation(0.25, List.of(), 3, List.of(2)))
            .build();
    assertEquals(expected, readAll());
  }

  @Test
  void everyPropertyOverridesThePom() {
    Experiment changed = readAll(OTHERS.toArray(String[]::new));
    assertAll(
        () -> assertEquals(8, changed.seed()),
        () -> assertEquals(3, changed.replicates()),
        () ->
            assertEquals(
                new Validation(0, List.of("a", "b"), 4, List.of(1, 3)), changed.validation()),
        () -> assertEquals(folder.resolve("other"), changed.testSet().get().directory()),
        () ->
            assertEquals(
                new Phantoms(folder.resolve("drawn"), List.of("pancreas"), 4, 1, 96, 20, 6),
                changed.phantoms().get()),
        () -> assertEquals(new Preprocessing(256, -50, 50, List.of(2.0)), changed.preprocessing()),
        () ->
            assertEquals(
                new Network(8, 4, Normalization.INSTANCE, new Neighbours(2, 5), Blocks.PLAIN),
                changed.network()),
        () ->
            assertEquals(
                new Training(
                    3,
                    11,
                    9,
                    0.002,
                    0.25,
                    32,
                    new Plateau(0.7, 5, 0.02, PlateauSignal.AVERAGE),
                    new Adam(true, 0.003, 1),
                    0,
                    30,
                    0.99,
                    12,
                    AugmentationKind.FULL,
                    false),
                changed.training()),
        () ->
            assertEquals(
                MskdMethod.student(
                    new Distillation(
                        0.5,
                        0,
                        0.75,
                        2,
                        new FeatureTerms(List.of(1, 3), FeatureSource.ENCODER, true),
                        new Regions(true, Overlap.SUM, MaskDownsampling.MAX),
                        LossNormalization.IMAGE,
                        false,
                        0.75)),
                changed.methods().get(0)),
        () ->
            assertEquals(
                new TeacherOutputs(TeacherOutputs.Mode.STORED, 0), changed.teacherOutputs()),
        () ->
            assertEquals(
                new Evaluation(
                    3.5, List.of(new KeptComponents("liver", 1), new KeptComponents("spleen", 2))),
                changed.evaluation()));
  }

  /** The options of a plateau that the POM gives are then without effect. */
  @Test
  void propertiesOfOtherKindsOverrideThePom() {
    Experiment all = readAll(OTHER_KINDS.toArray(String[]::new));
    Training changed = all.training();
    assertEquals(List.of(), all.methods());
    assertEquals(new Schedule.Cosine(), changed.schedule());
    assertEquals(new Sgd(0.9, 1e-4, 12), changed.optimizer());
  }

  @Test
  void everyPropertyIsTriedAbove() {
    List<String> worker =
        List.of(
            "threads",
            "backend",
            "maxHeap",
            "maxOffHeap",
            "nativesCache",
            "argLine",
            "skip",
            "outputDirectory",
            "checkpointEvery",
            "parallel",
            "keep",
            "rerun",
            "reread",
            "lockNames",
            "trustedKeys",
            "cacheDirectory",
            "cacheSize",
            "reportImages",
            "reportSize",
            "mainModel",
            "attachReport",
            "datasetNames",
            "dataLicense",
            "dataLicenseFile");
    List<String> tried =
        Stream.concat(OTHERS.stream(), OTHER_KINDS.stream())
            .map(other -> other.split("=")[0])
            .toList();
    for (String name : Schema.properties()) {
      assertTrue(worker.contains(name) || tried.contains(name), name);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          evaluation   | surfaceTolerance | 0       | <surfaceTolerance> is 0 | above 0
          evaluation   | surfaceTolerance | 101     | <surfaceTolerance> is 101 | at most 100
          evaluation   | surfaceTolerance | NaN     | <surfaceTolerance> is NaN | above 0
          evaluation   | components       | liver   | <components> of <evaluation> is liver | kidney 2, liver 1
          evaluation   | components       | liver x | liver x              | kidney 2, liver 1
          evaluation   | components       | liver 0 | <components> is 0    | 1 to 1000
          evaluation   | surfaceTolerance | thick   | thick                | a number
          training     | epochs           | abc     | <epochs> of <training> is abc | whole number
          training     | epochs           | 1.5     | 1.5                  | whole number
          training     | epochs           | 0       | <epochs> is 0        | at least 1
          training     | learningRate     | fast    | fast                 | a number
          training     | learningRate     | -1      | <learningRate> is -1 | above 0
          training     | learningRate     | NaN     | NaN                  | above 0
          training     | augmentation     | yes     | yes                  | true or false
          training     | deepSupervision  | yes     | yes                  | true or false
          distillation | cutMix           | 1.5     | <cutMix>             | from 0 to 1
          training     | batchSize        | 99999999999 | 99999999999      | whole number
          training     | annotatedFraction | 1.1    | <annotatedFraction> is 1.1 | from 0 to 1
          training     | patchSize        | -1      | <patchSize> is -1    | at least 0
          training     | patchSize        | 1024    | <patchSize> is 1024  | from 1 to 512
          training     | patchSize        | 72      | <patchSize> is 72    | multiple of 16
          training     | patchSize        | 16      | <depth>              | 2x2
          training     | plateauFactor    | 1.5     | <plateauFactor> is 1.5 | to 1
          training     | plateauFactor    | 0       | <plateauFactor> is 0 | a number from
          training     | plateauPatience  | -1      | <plateauPatience> is -1 | at least 0
          training     | plateauPatience  | 1.5     | <plateauPatience> of <training> is 1.5 | whole number
          training     | plateauThreshold | -1      | <plateauThreshold> is -1 | at least 0
          training     | plateauSignal    | mean    | <plateauSignal> of <training> is mean | is epoch or average;
          training     | amsgrad          | on      | <amsgrad> of <training> is on | true or false
          training     | weightDecay      | 2       | <weightDecay> is 2   | from 0 to 1
          training     | gradientClipping | -1      | <gradientClipping> is -1 | at least 0
          training     | studentEpochs    | -1      | <studentEpochs> is -1 | at least 0
          training     | studentEpochs    | 99999999 | <studentEpochs> is 99999999 | at most 8589934 with iterationsPerEpoch 250
          training     | warmupIterations | -1      | <warmupIterations> is -1 | at least 0
          training     | warmupIterations | 1000    | <warmupIterations> is 1000 | less than the iterations of a training, 1000
          training     | schedule         | linear  | <schedule> of <training> is linear | is plateau, polynomial or cosine;
          training     | optimizer        | adamw   | <optimizer> of <training> is adamw | is adam or sgd;
          training     | momentum         | 0.9     | <momentum> of <training> is 0.9, but <optimizer> is adam. | <optimizer=sgd>
          training     | momentum         | much    | <momentum> of <training> is much | a number
          training     | weightAverage    | 1       | <weightAverage> is 1 | at least 0 and below 1
          training     | weightAverage    | NaN     | <weightAverage> is NaN | at least 0 and below 1
          training     | augmentationStrength | 4   | <augmentationStrength> is 4 | from 0 to 3
          training     | augmentationStrength | NaN | <augmentationStrength> is NaN | from 0 to 3
          training     | augmentationKind | strong  | <augmentationKind> of <training> is strong | is light or full;
          preprocessing| window           | 5       | <window>             | two numbers
          preprocessing| window           | 5 x     | <window>             | numbers
          preprocessing| window           | 9 3     | <window>             | lower HU first
          preprocessing| sliceSize        | 100     | <sliceSize> is 100   | multiple of 16
          preprocessing| targetSpacing    | 1 2 3   | targetSpacing        | two
          network      | normalization    | batch   | batch                | instance or none
          network      | blocks           | dense   | <blocks> of <network> is dense | is plain or residual;
          network      | depth            | 9       | <depth> is 9         | from 1 to 7
          network      | neighbours       | 4       | <neighbours> is 4    | from 0 to 3
          network      | neighbours       | -1      | <neighbours> is -1   | from 0 to 3
          network      | neighbours       | 1.5     | <neighbours> of <network> is 1.5 | whole number
          network      | neighbourDistance | -5     | <neighbourDistance> is -5 | from 0 to 100
          network      | neighbourDistance | 5mm    | <neighbourDistance> of <network> is 5mm | a number
          network      | neighbourDistance | NaN    | <neighbourDistance> is NaN | from 0 to 100
          distillation | featureLevel     | 5       | <featureLevel> is 5  | <depth>, 4
          distillation | featureLevel     | -1      | <featureLevel> of <distillation> is -1 | whole numbers from 0 to 7
          distillation | featureLevel     | 1 x     | <featureLevel> of <distillation> is 1 x | whole numbers
          distillation | featureLevel     | 1,1     | <featureLevel> of <distillation> is 1,1 | different whole numbers
          distillation | featureLevel     | ,       | <featureLevel> of <distillation> is , | whole numbers
          distillation | features         | both    | <features> of <distillation> is both | is encoder or decoder;
          distillation | sortFeatures     | 1       | <sortFeatures> of <distillation> is 1 | true or false
          distillation | backgroundWeight | -1      | <backgroundWeight> of <distillation> is -1 | at least 0
          distillation | featureWeight    | Infinity | <featureWeight> of <distillation> is Infinity | at least 0
          distillation | labelWeight      | -0.5    | <labelWeight> of <distillation> is -0.5 | at least 0
          distillation | temperature      | 0       | <temperature> of <distillation> is 0 | from 0.25 to 100
          distillation | regionMasks      | off     | <regionMasks> of <distillation> is off | true or false
          distillation | overlap          | both    | <overlap> of <distillation> is both | is sum or winner;
          distillation | maskDownsampling | mean    | <maskDownsampling> of <distillation> is mean | is nearest, max or majority;
          distillation | teacherOutputs   | both    | <teacherOutputs> of <distillation> is both | is stored or live;
          distillation | maxStore         | 8       | <maxStore> of <distillation> is 8 | such as 8g or 500m, or 0
          distillation | maxStore         | lots    | <maxStore> of <distillation> is lots | such as 8g or 500m, or 0
          distillation | maxStore         | -1g     | <maxStore> of <distillation> is -1g | such as 8g or 500m, or 0
          distillation | maxStore         | 0.5g    | <maxStore> of <distillation> is 0.5g | such as 8g or 500m, or 0
          distillation | lossNormalization | mask   | <lossNormalization> of <distillation> is mask | is image or region;
          """)
  void impossibleValuesNameElementGivenAndAllowed(
      String group, String name, String given, String first, String second) {
    String element = "<" + name + ">" + given + "</" + name + ">";
    assertRefused(LIVER + "<" + group + ">" + element + "</" + group + ">", first, second);
  }

  @Test
  void impossiblePropertiesAreNamedAsSuch() {
    String message =
        assertThrows(BadInputException.class, () -> read(LIVER, "epochs=many")).getMessage();
    assertTrue(message.startsWith("-Dmskd.epochs is many."), message);
    String empty = assertThrows(BadInputException.class, () -> read(LIVER, "epochs=")).getMessage();
    assertTrue(empty.startsWith("-Dmskd.epochs is empty."), empty);
  }

  @Test
  void missingAndUnresolvedPartsAreNamedWithTheirPlace() {
    assertAll(
        () -> assertRefused("", "<datasets> declares no data set"),
        () -> assertRefused(LIVER + "<methods/>", "<methods> is empty"),
        () ->
            assertRefused(
                "<datasets><dataset><organ>liver</organ></dataset></datasets>",
                "<directory> of <dataset> 1 is missing"),
        () ->
            assertRefused(
                "<datasets><dataset><organ>a</organ><directory>b</directory></dataset>"
                    + "<dataset><directory>c</directory></dataset></datasets>",
                "<organ> of <dataset> 2 is missing"),
        () ->
            assertRefused(
                LIVER + "<testSet><labels/></testSet>", "<directory> of <testSet> is missing"),
        () ->
            assertRefused(
                "<datasets><dataset><organ>liver</organ><directory>${ct}/liver</directory>"
                    + "</dataset></datasets>",
                "${ct}/liver",
                "nothing defines ${ct}",
                "-Dct="));
  }

  @Test
  void oneElementSwitchesAugmentationAndTheOtherSetsItsStrength() {
    assertAll(
        () -> assertEquals(0, strength("<augmentation>false</augmentation>")),
        () -> assertEquals(1, strength("<augmentation>true</augmentation>")),
        () -> assertEquals(2, strength("<augmentationStrength>2</augmentationStrength>")),
        () -> assertEquals(0, strength("<augmentationStrength>0</augmentationStrength>")),
        () -> assertEquals(0, strength("", "augmentation=false", "augmentationStrength=0")),
        () -> assertEquals(2, strength("", "augmentation=true", "augmentationStrength=2")));
    String training =
        "<training><augmentationStrength>2</augmentationStrength><augmentation>%s</augmentation></training>";
    assertRefused(
        LIVER + training.formatted("false"),
        "<augmentation> of <training> is false, but <augmentationStrength> of <training> is 2.",
        "leave one out");
    String message =
        assertThrows(
                BadInputException.class,
                () -> strength("", "augmentation=true", "augmentationStrength=0"))
            .getMessage();
    assertTrue(
        message.startsWith("-Dmskd.augmentation is true, but -Dmskd.augmentationStrength is 0."),
        message);
  }

  @Test
  void aPropertyOfAugmentationOverridesThePomsOther() {
    String half = "<augmentationStrength>0.5</augmentationStrength>";
    String none = "<augmentationStrength>0</augmentationStrength>";
    String off = "<augmentation>false</augmentation>";
    assertAll(
        () -> assertEquals(0, strength(half, "augmentation=false")),
        () -> assertEquals(0.5, strength(half, "augmentation=true")),
        () -> assertEquals(1, strength(none, "augmentation=true")),
        () -> assertEquals(2, strength(off, "augmentationStrength=2")),
        () ->
            assertEquals(
                0, strength("<augmentation>true</augmentation>", "augmentationStrength=0")),
        () -> assertEquals(0.5, strength(off + half, "augmentation=true")));
    // A value that is not allowed is reported, not hidden by the other element.
    assertTrue(
        assertThrows(BadInputException.class, () -> strength(off, "augmentationStrength=-1"))
            .getMessage()
            .startsWith("<augmentationStrength> is -1."));
  }

  @Test
  void augmentationIsLightUnlessDeclared() {
    String full = "<augmentationKind>full</augmentationKind>";
    assertAll(
        () -> assertEquals(AugmentationKind.LIGHT, kind("")),
        () -> assertEquals(AugmentationKind.LIGHT, kind("", "preset=nnunet")),
        () -> assertEquals(AugmentationKind.FULL, kind(full)),
        () -> assertEquals(AugmentationKind.LIGHT, kind(full, "augmentationKind=light")),
        () -> assertEquals(AugmentationKind.FULL, kind("", "augmentationKind=full")),
        () -> assertEquals(0, strength(full, "augmentation=false")));
  }

  private static AugmentationKind kind(String training, String... properties) {
    return read(LIVER + "<training>" + training + "</training>", properties)
        .training()
        .augmentationKind();
  }

  private static double strength(String training, String... properties) {
    return read(LIVER + "<training>" + training + "</training>", properties)
        .training()
        .augmentationStrength();
  }

  @Test
  void thePresetSetsTheDefaults() {
    assertEquals(Preset.NNUNET.training(), read(LIVER, "preset=nnUNet").training());
    assertEquals(Preset.SOURCE.training(), read(LIVER, "preset=source").training());
    // nnU-Net v1: factor 0.2, patience 30, threshold 1e-3 on the .93/.07 average; amsgrad, 3e-5.
    Training changed = training("<plateauPatience>5</plateauPatience>", "preset=nnunet");
    assertEquals(new Plateau(0.2, 5, 1e-3, PlateauSignal.AVERAGE), changed.schedule());
    assertEquals(new Adam(true, 3e-5, 0), changed.optimizer());
  }

  @Test
  void whatIsGivenOverridesThePreset() {
    String pom =
        LIVER
            + "<preset>fast</preset><network><depth>3</depth></network>"
            + "<training><epochs>7</epochs></training>"
            + "<distillation><temperature>2</temperature></distillation>";
    Experiment experiment = read(pom);
    assertEquals(16, experiment.network().baseChannels());
    assertEquals(3, experiment.network().depth());
    assertEquals(Preset.FAST.training().toBuilder().epochs(7).build(), experiment.training());
    assertEquals(
        List.of(MskdMethod.student(Distillation.DEFAULT.withLabelWeight(1).withTemperature(2))),
        experiment.methods());
    // The property overrides the element, and so the whole preset.
    assertEquals(
        Network.DEFAULT.baseChannels(), read(pom, "preset=source").network().baseChannels());
    assertEquals(7, read(pom, "preset=accurate").training().epochs());
  }

  @Test
  void aPresetSetsEveryMskdStudentAndNoOther() {
    Map<String, Method> students =
        read(LIVER, "preset=accurate", "methods=mskd,mskd-logits,hinton").methods().stream()
            .collect(Collectors.toMap(Method::name, student -> student));
    assertEquals("1", students.get("mskd").options().get("labelWeight"));
    assertEquals("1", students.get("mskd-logits").options().get("labelWeight"));
    assertEquals(read(LIVER, "methods=hinton").methods(), List.of(students.get("hinton")));
  }

  @Test
  void withoutLabelsAPresetUsesNone() {
    TeacherOnDisk.write(folder.resolve("liver.mskd"), "liver");
    String given =
        "<teachers><teacher><organ>liver</organ><model>liver.mskd</model></teacher></teachers>"
            + "<unlabelled><images><name>a</name><directory>a</directory></images></unlabelled>";
    Experiment experiment =
        new ExperimentReader(Pom.section(folder, given, "preset=accurate")).experiment();
    assertEquals(List.of(MskdMethod.student(Distillation.DEFAULT)), experiment.methods());
    // The teacher's network, not the preset's.
    assertEquals(TeacherOnDisk.NETWORK, experiment.network());
  }

  @Test
  void anUnknownPresetIsRefused() {
    assertRefused(
        LIVER + "<preset>nnUNet-v2</preset>",
        "<preset> is nnUNet-v2",
        "source, nnunet, fast or accurate");
  }

  private static Training training(String elements, String... properties) {
    return read(LIVER + "<training>" + elements + "</training>", properties).training();
  }

  private static void assertRefusedTraining(String elements, String... parts) {
    assertRefused(LIVER + "<training>" + elements + "</training>", parts);
  }

  @Test
  void schedulesAndOptimizersOfEachKind() {
    assertAll(
        () ->
            assertEquals(new Schedule.Polynomial(), training("", "schedule=POLYNOMIAL").schedule()),
        () ->
            assertEquals(new Schedule.Cosine(), training("<schedule>cosine</schedule>").schedule()),
        () -> assertEquals(Plateau.SOURCE, training("<schedule>plateau</schedule>").schedule()),
        () ->
            assertEquals(
                Plateau.NNUNET, training("", "preset=nnunet", "schedule=plateau").schedule()),
        () -> assertEquals(new Sgd(0.99, 0, 0), training("", "optimizer=sgd").optimizer()),
        // The preset's decay, without its variant of Adam.
        () ->
            assertEquals(
                new Sgd(0.99, 3e-5, 0),
                training("<optimizer>sgd</optimizer>", "preset=nnunet").optimizer()),
        () ->
            assertEquals(
                new Sgd(0.5, 0.1, 3),
                training(
                        "<optimizer>sgd</optimizer><momentum>0.5</momentum><weightDecay>0.1"
                            + "</weightDecay><gradientClipping>3</gradientClipping>"
                            + "<amsgrad>false</amsgrad>")
                    .optimizer()));
  }

  @Test
  void anOptionOfAnotherKindIsRefusedWithBothNames() {
    assertRefusedTraining(
        "<optimizer>sgd</optimizer><amsgrad>true</amsgrad>",
        "<amsgrad> of <training> is true, but <optimizer> of <training> is sgd.",
        "option of adam",
        "<optimizer=adam>");
    assertRefusedTraining(
        "<schedule>cosine</schedule><plateauPatience>3</plateauPatience>",
        "<plateauPatience> of <training> is 3, but <schedule> of <training> is cosine.",
        "<schedule=plateau>");
    assertRefusedTraining("<optimizer>sgd</optimizer><momentum>1</momentum>", "<momentum> is 1");
    String message =
        assertThrows(
                BadInputException.class,
                () -> training("<schedule>polynomial</schedule>", "plateauFactor=0.5"))
            .getMessage();
    assertTrue(
        message.startsWith(
            "-Dmskd.plateauFactor is 0.5, but <schedule> of <training> is polynomial."),
        message);
  }

  @Test
  void aPropertyThatChoosesAKindOverridesThePomsOptionsOfAnother() {
    assertAll(
        () ->
            assertEquals(
                new Sgd(0.99, 0, 0),
                training("<amsgrad>true</amsgrad>", "optimizer=sgd").optimizer()),
        () ->
            assertEquals(
                Adam.PLAIN,
                training("<optimizer>sgd</optimizer><momentum>0.5</momentum>", "optimizer=adam")
                    .optimizer()),
        () ->
            assertEquals(
                new Schedule.Cosine(),
                training("<plateauFactor>0.5</plateauFactor>", "schedule=cosine").schedule()));
  }

  @Test
  void teachersAndImagesWithoutLabelsAreEnough() {
    Path model = folder.resolve("liver.mskd");
    TeacherOnDisk.write(model, ModelKind.TEACHER, "liver", TeacherOnDisk.SLICES.sliceSize());
    String teachers =
        "<teachers><teacher><organ>liver</organ><model>%s</model></teacher></teachers>"
            .formatted(model);
    String images =
        "<unlabelled><images><name>archive</name><directory>ct</directory></images></unlabelled>";
    Experiment experiment = read(teachers + images);
    assertEquals(List.of("liver"), experiment.organs());
    assertEquals(List.of("archive"), experiment.sources());
    assertTrue(new ExperimentReader(Pom.section(teachers)).declaresExperiment());
    assertTrue(new ExperimentReader(Pom.section(images)).declaresExperiment());
    assertAll(
        () -> assertRefused(teachers, "<teachers> are given, but", "<unlabelled>"),
        () -> assertRefused(images, "<datasets> declares no data set", "<teacher>"),
        () ->
            assertRefused(
                teachers + images + "<distillation><labelWeight>1</labelWeight></distillation>",
                "Method mskd uses labels, but no <dataset> is declared."),
        () ->
            assertRefused(
                teachers.replace("<model>" + model + "</model>", ""),
                "<model> of <teacher> 1 is missing"),
        () ->
            assertRefused(
                teachers.replace("<organ>liver</organ>", "") + images,
                "<organ> of <teacher> 1 is missing"),
        () ->
            assertRefused(
                teachers + images.replace("<name>archive</name>", ""),
                "<name> of <images> 1 is missing"),
        () ->
            assertRefused(
                teachers + images.replace("<directory>ct</directory>", ""),
                "<directory> of <images> 1 is missing"),
        () ->
            assertRefused(
                teachers + images.replace("archive", "../ct"),
                "<name> of <images> 1 is ../ct.",
                "change the element."),
        () ->
            assertRefused(
                teachers.replace("</teachers>", "")
                    + "<teacher><organ>liver</organ><model>b</model></teacher></teachers>"
                    + images,
                "<teachers> declares liver twice"),
        () ->
            assertRefused(
                LIVER + images.replace("archive", "liver"),
                "<images> liver has the name of <dataset> liver."));
  }

  @Test
  void teachersOutputsAreStoredUnlessNetworksSeeCropsOrNothingMayBeStored() {
    String patch = "<training><patchSize>%d</patchSize></training>";
    String outputs = "<distillation><teacherOutputs>%s</teacherOutputs></distillation>";
    assertAll(
        () -> assertEquals(TeacherOutputs.DEFAULT, read(LIVER).teacherOutputs()),
        () -> assertEquals(8L << 30, read(LIVER).teacherOutputs().maxStore()),
        () -> assertTrue(read(LIVER, "maxStore=1m").teacherOutputs().mayStore()),
        () -> assertEquals(1 << 20, read(LIVER, "maxStore=1m").teacherOutputs().maxStore()),
        () -> assertFalse(read(LIVER, "maxStore=0").teacherOutputs().mayStore()),
        () -> assertFalse(read(LIVER, "maxStore=0m").teacherOutputs().mayStore()),
        () -> assertFalse(read(LIVER, "teacherOutputs=LIVE").teacherOutputs().mayStore()),
        () -> assertFalse(read(LIVER + patch.formatted(64)).teacherOutputs().mayStore()),
        () -> assertTrue(read(LIVER + patch.formatted(512)).teacherOutputs().mayStore()),
        () ->
            assertRefused(
                LIVER + patch.formatted(64) + outputs.formatted("stored"),
                "<teacherOutputs> is stored, but with <patchSize> 64 networks are trained on crops"
                    + " of slices of 512",
                "Set <teacherOutputs=live>"));
  }

  @ParameterizedTest
  @CsvSource({"teacherOutputs,live", "maxStore,1g"})
  void sharedElementsAreRefusedInAMethod(String name, String value) {
    String element = "<" + name + ">" + value + "</" + name + ">";
    assertRefused(
        LIVER + "<methods><method><name>mskd</name>" + element + "</method></methods>",
        "<" + name + "> in <method> is not known.",
        "It belongs in <distillation>.");
  }

  @Test
  void phantomsAloneHaveDefaultsAndPropertiesDeclareThem() {
    ExperimentReader reader = new ExperimentReader(Pom.section("", "phantomSubjects=2"));
    Path directory = Pom.BASEDIR.resolve("target/phantoms");
    Phantoms defaults = Phantoms.defaultsIn(directory);
    assertFalse(reader.declaresExperiment());
    assertEquals(2, reader.phantoms().phantomSubjects());
    assertEquals(defaults.phantomSize(), reader.phantoms().phantomSize());
    assertEquals(directory, reader.phantoms().phantomDirectory());
    assertTrue(read(LIVER, "phantomSubjects=2").phantoms().isPresent());
    assertEquals(Optional.empty(), read(LIVER).phantoms());
  }

  private static String testSet(String labels) {
    return LIVER + "<testSet><directory>t</directory><labels>" + labels + "</labels>%s</testSet>";
  }

  /** Models of others may have organs with blanks in their names. */
  @Test
  void anOrganOfSeveralWordsHasComponentsToo() {
    assertEquals(
        List.of(new KeptComponents("left kidney", 1), new KeptComponents("liver", 2)),
        ComponentsReader.read(Pom.section("", "components=left kidney 1, liver=2")));
  }

  @Test
  void whatHasNoEffectOnPredictionsIsKnown() {
    Properties session = new Properties();
    session.setProperty("mskd.model", "m");
    session.setProperty("mskd.window", "0 1");
    session.setProperty("mskd.components", "liver 1");
    assertEquals(
        List.of("-Dmskd.window"),
        PredictionReader.ignored(
            MskdProperties.ofGoal(session, new Properties(), "predict", true)));
  }

  @Test
  void anExperimentMayEndWithTheTeachers() {
    String only = "<teachersOnly>true</teachersOnly>";
    String methods = "<methods><method><name>mskd</name></method></methods>";
    assertAll(
        () -> assertEquals(List.of(), read(LIVER + only).methods()),
        () -> assertEquals(List.of(), read(LIVER, "teachersOnly=true").methods()),
        () -> assertEquals(List.of(), read(LIVER + methods, "teachersOnly=true").methods()),
        () -> assertEquals(1, read(LIVER + only, "teachersOnly=false").methods().size()),
        // What the command line names is trained.
        () -> assertEquals("mskd", read(LIVER + only, "methods=mskd").methods().get(0).name()),
        () ->
            assertEquals(
                Rule.Kind.MINIMUM,
                read(LIVER
                        + only
                        + "<rules><rule><metric>dice</metric><minimum>0</minimum></rule></rules>")
                    .rules()
                    .get(0)
                    .kind()),
        () ->
            assertRefused(
                LIVER + only + methods,
                "<teachersOnly> is true, but <methods> are declared.",
                "Leave one of them out"),
        () ->
            assertRefused(
                LIVER + only.replace("true", "yes"),
                "<teachersOnly> is yes.",
                "Allowed is true or false"),
        () ->
            assertRefused(
                LIVER + "<methods></methods>",
                "<methods> is empty.",
                "with <teachersOnly>true</teachersOnly> no student is trained"),
        () ->
            assertEquals(
                "-Dmskd.teachersOnly is true, but -Dmskd.methods are declared. Leave one of them"
                    + " out: without students there are no methods.",
                assertThrows(
                        BadInputException.class,
                        () -> read(LIVER, "teachersOnly=true", "methods=mskd"))
                    .getMessage()));
  }

  @Test
  void aTeacherIsAFileOrAnArtifact() {
    String pom =
        """
        <teachers>
          <teacher><organ>liver</organ><artifact>org.h:liver:1</artifact></teacher>
          <teacher><organ>spleen</organ><artifact>org.h:all:mskd:spleen:2-SNAPSHOT</artifact></teacher>
          <teacher><organ>kidney</organ>%s<model>org.h:k:1</model></teacher>
        </teachers>
        <unlabelled><images><name>a</name><directory>ct</directory></images></unlabelled>
        """;
    Path liver = folder.resolve("liver-1.mskd");
    TeacherOnDisk.write(liver, ModelKind.TEACHER, "liver", TeacherOnDisk.SLICES.sliceSize());
    List<String> resolved = new ArrayList<>();
    ModelFiles files =
        new ModelFiles(
            coordinates -> {
              resolved.add(coordinates.toString());
              return liver;
            },
            false);
    Section section = Pom.section(folder, pom.formatted(""));
    ExperimentReader reader = new ExperimentReader(section, files);
    assertEquals(
        List.of("org.h:liver:1", "org.h:all:mskd:spleen:2-SNAPSHOT"),
        reader.artifacts().stream().map(ModelCoordinates::toString).toList());
    assertEquals(List.of(), resolved);
    assertEquals(
        List.of(
            new TeacherFile("liver", liver, "org.h:liver:1"),
            new TeacherFile("spleen", liver, "org.h:all:mskd:spleen:2-SNAPSHOT"),
            // A <model> is always a path.
            new TeacherFile("kidney", folder.resolve("org.h:k:1"))),
        reader.experiment().teachers());
    assertEquals(
        "<teacher> 3 has a <model> and an <artifact>. Keep one of them.",
        assertThrows(
                BadInputException.class,
                () ->
                    new ExperimentReader(
                            Pom.section(folder, pom.formatted("<artifact>org.h:k:1</artifact>")),
                            files)
                        .experiment())
            .getMessage());
    assertRefused(
        pom.formatted("").replace("org.h:liver:1", "liver"),
        "'liver' is not the coordinates of a model.");
  }

  @Test
  void teachersAndStudentsMayBeginWithAModel() {
    String initial = "<initialModel>models/a.mskd</initialModel>";
    String methods =
        "<methods><method><name>marginal</name></method><method><name>fine-tuned</name>"
            + "<type>marginal</type>%s</method></methods>";
    String liver = LIVER.replace("</dataset>", initial + "</dataset>");
    String both = liver + methods.formatted(initial);
    InitialModel ofLiver = InitialModel.ofTeacher("liver", Pom.BASEDIR.resolve("models/a.mskd"));
    InitialModel ofStudent =
        InitialModel.ofStudent("fine-tuned", Pom.BASEDIR.resolve("models/a.mskd"));
    assertEquals(List.of(), read(LIVER).initialModels());
    assertEquals(List.of(ofLiver, ofStudent), read(both).initialModels());
    assertEquals(List.of(ofLiver), read(both, "methods=marginal").initialModels());
    assertEquals(
        List.of(ofStudent),
        read(LIVER
                + methods.formatted(
                    "<initialModel> %s </initialModel>"
                        .formatted(Pom.BASEDIR.resolve("models/a.mskd"))))
            .initialModels());
    assertRefused(
        liver + methods.formatted(""), "Methods marginal and fine-tuned", "the same student twice");
    assertRefused(
        "<datasets><dataset><name>both</name><directory>d</directory><labels><label>"
            + "<organ>liver</organ><value>1</value></label></labels>"
            + initial
            + "</dataset></datasets>",
        "<dataset> both has <initialModel>, which belongs to a set with an <organ>");
    assertRefused(LIVER + "<training>" + initial + "</training>", "initialModel");
    assertRefused(
        LIVER
            + "<teachers><teacher><organ>liver</organ>"
            + initial
            + "<model>m</model></teacher></teachers>",
        "initialModel");
  }

  @Test
  void anAblationBeginsAsTheStudentThatItIsASettingOf() {
    Path model = Pom.BASEDIR.resolve("models/a.mskd");
    String pom =
        LIVER
            + "<methods><method><name>mskd</name><initialModel>models/a.mskd</initialModel></method>"
            + "<method><name>mskd-no-sort</name><initialModel>models/b.mskd</initialModel></method>"
            + "<method><name>other</name><temperature>2</temperature></method></methods>";
    assertEquals(
        List.of(
            InitialModel.ofStudent("mskd-logits", model),
            InitialModel.ofStudent("mskd-no-sort", Pom.BASEDIR.resolve("models/b.mskd"))),
        read(pom, "methods=mskd-logits,mskd-no-sort,other").initialModels());
  }

  @Test
  void aTeacherThatIsGivenBeginsWithNothing() {
    TeacherOnDisk.write(folder.resolve("m"), "liver");
    Section section =
        Pom.section(
            folder,
            LIVER.replace("</dataset>", "<initialModel>a</initialModel></dataset>")
                + "<teachers><teacher><organ>liver</organ><model>m</model></teacher></teachers>");
    String message =
        assertThrows(BadInputException.class, () -> new ExperimentReader(section).experiment())
            .getMessage();
    assertTrue(
        message.contains("for teacher liver, which is given as a <teacher> and not trained"),
        message);
  }

  @Test
  void labelsMayHoldMoreThanTheDeclaredValues() {
    String liver = "<label><organ>liver</organ><value>6 7</value></label>";
    TestSet set =
        read(testSet(liver)
                .formatted(
                    "<backgroundValues>1-5, 13</backgroundValues>"
                        + "<ignoreValues>others</ignoreValues><labelGrid>image</labelGrid>"))
            .testSet()
            .orElseThrow();
    assertEquals(List.of(new OrganLabel("liver", List.of(6, 7))), set.labels());
    assertEquals(
        new LabelReading(
            List.of(new ValueRange(1, 5), ValueRange.of(13)),
            List.of(ValueRange.OTHERS),
            LabelGrid.IMAGE),
        set.reading());
    assertEquals(
        new LabelReading(List.of(ValueRange.OTHERS), List.of(), LabelGrid.LABEL),
        read(LIVER.replace("</dataset>", "<backgroundValues>others</backgroundValues></dataset>"))
            .datasets()
            .get(0)
            .reading());
    assertRefused(
        testSet(liver).formatted("<ignoreValues>7</ignoreValues>"),
        "The label value 7 is declared twice: as an organ and <ignoreValues>.",
        "Keep one of the two.");
    assertRefused(
        testSet(liver).formatted("<ignoreValues>9-7</ignoreValues>"), "9-7", "such as 7-9");
    assertRefused(
        testSet(liver).formatted("<ignoreValues>none</ignoreValues>"),
        "<ignoreValues> of <testSet> is none.",
        "others");
    assertRefused(
        testSet(liver).formatted("<labelGrid>scan</labelGrid>"),
        "<labelGrid> of <testSet> is scan.",
        "Allowed is label or image");
  }
}
