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
import org.mskd.experiment.Adam;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.FeatureTerms;
import org.mskd.experiment.Method;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;
import org.mskd.problem.BadInputException;

class ExperimentReaderTest {
  private static final String LIVER =
      "<datasets><dataset><organ>liver</organ><directory>ct/liver</directory></dataset></datasets>";

  private static final String ALL =
      """
      <seed>7</seed>
      <datasets>
        <dataset><organ>liver</organ><directory>ct/liver</directory><labelValues>1 2</labelValues></dataset>
        <dataset><organ>spleen</organ><directory>/data/spleen</directory></dataset>
      </datasets>
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
      <network><baseChannels>16</baseChannels><depth>3</depth><normalization>none</normalization></network>
      <training><batchSize>2</batchSize><iterationsPerEpoch>10</iterationsPerEpoch><epochs>6</epochs>
        <learningRate>1e-3</learningRate><annotatedFraction>0.5</annotatedFraction>
        <plateauFactor>0.9</plateauFactor><plateauThreshold>0.01</plateauThreshold>
        <augmentation>false</augmentation></training>
      <distillation><backgroundWeight>2</backgroundWeight><featureWeight>5</featureWeight>
        <featureLevel>2</featureLevel><temperature>4</temperature></distillation>
      """;

  private static Experiment read(String content, String... properties) {
    return new ExperimentReader(Pom.section(content, properties)).experiment();
  }

  private static void assertRefused(String content, String... parts) {
    String message = assertThrows(BadInputException.class, () -> read(content)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message + " lacks " + part);
    }
  }

  @Test
  void whatIsNotGivenIsTheRecordsOwnDefault() {
    Experiment expected =
        new Experiment(
            Experiment.DEFAULT_SEED,
            List.of(
                new DatasetSource(
                    "liver", Pom.BASEDIR.resolve("ct/liver"), DatasetSource.DEFAULT_LABEL_VALUES)),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Preprocessing.DEFAULT,
            Network.DEFAULT,
            Training.DEFAULT,
            List.of(Method.whole(Distillation.DEFAULT)));
    assertEquals(expected, read(LIVER));
    assertEquals(expected, read(LIVER + "<training></training><network/>"));
  }

  @Test
  void everyElementReachesItsRecord() {
    Experiment expected =
        new Experiment(
            7,
            List.of(
                new DatasetSource("liver", Pom.BASEDIR.resolve("ct/liver"), List.of(1, 2)),
                new DatasetSource("spleen", Path.of("/data/spleen"), List.of(1))),
            List.of(),
            List.of(),
            Optional.of(
                new TestSet(Pom.BASEDIR.resolve("ct/test"), List.of(new OrganLabel("spleen", 3)))),
            Optional.of(
                new Phantoms(
                    Pom.BASEDIR.resolve("made"), List.of("liver", "spleen"), 3, 2, 64, 16, 5)),
            new Preprocessing(128, -100, 240.5, List.of(1.5, 5.0)),
            new Network(16, 3, Normalization.NONE),
            new Training(
                2,
                10,
                6,
                1e-3,
                0.5,
                0,
                new Plateau(0.9, 0, 0.01, PlateauSignal.EPOCH),
                Adam.PLAIN,
                0),
            List.of(
                Method.whole(
                    Distillation.DEFAULT
                        .withBackgroundWeight(2)
                        .withFeatureWeight(5)
                        .withTemperature(4)
                        .withFeatures(FeatureTerms.DEFAULT.atLevels(List.of(2))))));
    assertEquals(expected, read(ALL));
  }

  @Test
  void everyPropertyWinsOverThePom() {
    Experiment changed =
        read(
            ALL,
            "seed=8",
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
            "batchSize=3",
            "iterationsPerEpoch=11",
            "epochs=9",
            "learningRate=0.002",
            "annotatedFraction=0.25",
            "plateauFactor=0.7",
            "plateauThreshold=0.02",
            "augmentation=true",
            "backgroundWeight=0.5",
            "featureWeight=0",
            "featureLevel=1",
            "temperature=2");
    assertAll(
        () -> assertEquals(8, changed.seed()),
        () -> assertEquals(Pom.BASEDIR.resolve("other"), changed.testSet().get().directory()),
        () ->
            assertEquals(
                new Phantoms(Pom.BASEDIR.resolve("drawn"), List.of("pancreas"), 4, 1, 96, 20, 6),
                changed.phantoms().get()),
        () -> assertEquals(new Preprocessing(256, -50, 50, List.of(2.0)), changed.preprocessing()),
        () -> assertEquals(new Network(8, 4, Normalization.INSTANCE), changed.network()),
        () ->
            assertEquals(
                new Training(
                    3,
                    11,
                    9,
                    0.002,
                    0.25,
                    0,
                    new Plateau(0.7, 0, 0.02, PlateauSignal.EPOCH),
                    Adam.PLAIN,
                    1),
                changed.training()),
        () ->
            assertEquals(
                Distillation.DEFAULT
                    .withBackgroundWeight(0.5)
                    .withFeatureWeight(0)
                    .withTemperature(2),
                changed.methods().get(0).distillation()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          training     | epochs           | abc     | <epochs> of <training> is abc | whole number
          training     | epochs           | 1.5     | 1.5                  | whole number
          training     | epochs           | 0       | <epochs> is 0        | at least 1
          training     | learningRate     | fast    | fast                 | a number
          training     | learningRate     | -1      | <learningRate> is -1 | above 0
          training     | learningRate     | NaN     | NaN                  | above 0
          training     | augmentation     | yes     | yes                  | true or false
          training     | batchSize        | 99999999999 | 99999999999      | whole number
          preprocessing| window           | 5       | <window>             | two numbers
          preprocessing| window           | 5 x     | <window>             | numbers
          preprocessing| window           | 9 3     | <window>             | lower HU first
          preprocessing| sliceSize        | 100     | <sliceSize> is 100   | multiple of 16
          preprocessing| targetSpacing    | 1 2 3   | targetSpacing        | two
          network      | normalization    | batch   | batch                | instance or none
          network      | depth            | 9       | <depth> is 9         | from 1 to 7
          distillation | featureLevel     | 5       | <featureLevel> is 5  | <depth>, 4
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
}
