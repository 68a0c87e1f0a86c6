package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.ExperimentBuilder;
import org.mskd.experiment.LabelGrid;
import org.mskd.experiment.LabelReading;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.ValueRange;
import org.mskd.method.MskdMethod;
import org.mskd.problem.BadInputException;

class ExperimentReaderTest {
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
    assertEquals(expected, Pom.experiment(Pom.LIVER));
    assertEquals(expected, Pom.experiment(Pom.LIVER + "<training></training><network/>"));
  }

  @Test
  void aDistanceNeedsNeighbours() {
    String network = Pom.LIVER + "<network><neighbourDistance>5</neighbourDistance></network>";
    Pom.assertRefused(network, "<neighbourDistance> of <network> is 5", "no <neighbours>");
    String both =
        Pom.LIVER
            + "<network><neighbours>1</neighbours><neighbourDistance>5</neighbourDistance></network>";
    assertEquals(Neighbours.NONE, Pom.experiment(both, "neighbours=0").network().neighbours());
    assertEquals(
        new Neighbours(1, 5), Pom.experiment(network, "neighbours=1").network().neighbours());
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
    Pom.assertRefused(Pom.LIVER + "<" + group + ">" + element + "</" + group + ">", first, second);
  }

  @Test
  void impossiblePropertiesAreNamedAsSuch() {
    String message =
        assertThrows(BadInputException.class, () -> Pom.experiment(Pom.LIVER, "epochs=many"))
            .getMessage();
    assertTrue(message.startsWith("-Dmskd.epochs is many."), message);
    String empty =
        assertThrows(BadInputException.class, () -> Pom.experiment(Pom.LIVER, "epochs="))
            .getMessage();
    assertTrue(empty.startsWith("-Dmskd.epochs is empty."), empty);
  }

  @Test
  void missingAndUnresolvedPartsAreNamedWithTheirPlace() {
    assertAll(
        () -> Pom.assertRefused("", "<datasets> declares no data set"),
        () -> Pom.assertRefused(Pom.LIVER + "<methods/>", "<methods> is empty"),
        () ->
            Pom.assertRefused(
                "<datasets><dataset><organ>liver</organ></dataset></datasets>",
                "<directory> of <dataset> 1 is missing"),
        () ->
            Pom.assertRefused(
                "<datasets><dataset><organ>a</organ><directory>b</directory></dataset>"
                    + "<dataset><directory>c</directory></dataset></datasets>",
                "<organ> of <dataset> 2 is missing"),
        () ->
            Pom.assertRefused(
                Pom.LIVER + "<testSet><labels/></testSet>", "<directory> of <testSet> is missing"),
        () ->
            Pom.assertRefused(
                "<datasets><dataset><organ>liver</organ><directory>${ct}/liver</directory>"
                    + "</dataset></datasets>",
                "${ct}/liver",
                "nothing defines ${ct}",
                "-Dct="));
  }

  @ParameterizedTest
  @CsvSource({"teacherOutputs,live", "maxStore,1g"})
  void sharedElementsAreRefusedInAMethod(String name, String value) {
    String element = "<" + name + ">" + value + "</" + name + ">";
    Pom.assertRefused(
        Pom.LIVER + "<methods><method><name>mskd</name>" + element + "</method></methods>",
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
    assertTrue(Pom.experiment(Pom.LIVER, "phantomSubjects=2").phantoms().isPresent());
    assertEquals(Optional.empty(), Pom.experiment(Pom.LIVER).phantoms());
  }

  private static String testSet(String labels) {
    return Pom.LIVER
        + "<testSet><directory>t</directory><labels>"
        + labels
        + "</labels>%s</testSet>";
  }

  @Test
  void labelsMayHoldMoreThanTheDeclaredValues() {
    String liver = "<label><organ>liver</organ><value>6 7</value></label>";
    TestSet set =
        Pom.experiment(
                testSet(liver)
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
        Pom.experiment(
                Pom.LIVER.replace(
                    "</dataset>", "<backgroundValues>others</backgroundValues></dataset>"))
            .datasets()
            .get(0)
            .reading());
    Pom.assertRefused(
        testSet(liver).formatted("<ignoreValues>7</ignoreValues>"),
        "The label value 7 is declared twice: as an organ and <ignoreValues>.",
        "Keep one of the two.");
    Pom.assertRefused(
        testSet(liver).formatted("<ignoreValues>9-7</ignoreValues>"), "9-7", "such as 7-9");
    Pom.assertRefused(
        testSet(liver).formatted("<ignoreValues>none</ignoreValues>"),
        "<ignoreValues> of <testSet> is none.",
        "others");
    Pom.assertRefused(
        testSet(liver).formatted("<labelGrid>scan</labelGrid>"),
        "<labelGrid> of <testSet> is scan.",
        "Allowed is label or image");
  }
}
