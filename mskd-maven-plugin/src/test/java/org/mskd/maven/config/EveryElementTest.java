package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import org.mskd.experiment.KeptComponents;
import org.mskd.experiment.LossNormalization;
import org.mskd.experiment.MaskDownsampling;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Overlap;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Plateau;
import org.mskd.experiment.PlateauSignal;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.Regions;
import org.mskd.experiment.Schedule;
import org.mskd.experiment.Sgd;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TeacherOutputs;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.experiment.Validation;
import org.mskd.maven.TeacherOnDisk;
import org.mskd.method.MskdMethod;

/** Every element and every property of an experiment reaches the record that it is meant for. */
class EveryElementTest {
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

  /** With the POM in {@link #folder}, and a teacher in the file that it gives first. */
  private Experiment readAll(String... properties) {
    TeacherOnDisk.write(folder.resolve("models/spleen.mskd"), "spleen");
    return new ExperimentReader(Pom.section(folder, ALL, properties)).experiment();
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
}
