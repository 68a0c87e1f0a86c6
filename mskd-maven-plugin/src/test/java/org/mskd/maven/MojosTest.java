package org.mskd.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.api.di.Provides;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoExtension;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.Mojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.KeptComponents;
import org.mskd.experiment.Network;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Phantoms;
import org.mskd.experiment.Prediction;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.Preset;
import org.mskd.experiment.Scoring;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.Training;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.maven.config.JvmSettings;
import org.mskd.method.MskdMethod;
import org.mskd.pipeline.request.ExportOptions;
import org.mskd.pipeline.request.Goal;

/** The goals with configurations from POM files, with all of Maven's own conversion. */
@MojoTest
class MojosTest {
  private static final String POMS = "src/test/resources/poms/";

  private final RecordingRunner runner = new RecordingRunner();
  @Inject private MavenSession session;
  @Inject private MavenProject project;

  @Provides
  WorkerRunner provideRunner() {
    return runner;
  }

  private void property(String name, String value) {
    session.getUserProperties().setProperty(name, value);
  }

  /** Adds an element to the project's model: the harness gives a goal its POM, but no model. */
  private void declare(String name, String text) {
    Xpp3Dom element = new Xpp3Dom(name);
    element.setValue(text);
    Xpp3Dom configuration = new Xpp3Dom("configuration");
    configuration.addChild(element);
    Plugin plugin = new Plugin();
    plugin.setGroupId("org.mskd");
    plugin.setArtifactId("mskd-maven-plugin");
    plugin.setConfiguration(configuration);
    Build build = project.getBuild();
    build.addPlugin(plugin);
  }

  private static Path basedir() {
    return Path.of(MojoExtension.getBasedir()).toAbsolutePath();
  }

  private static String failure(Mojo mojo) {
    return assertThrows(MojoFailureException.class, mojo::execute).getMessage();
  }

  @Test
  @InjectMojo(goal = "run", pom = POMS + "minimal.xml")
  void aMinimalPomHasTheDefaultSettings(RunMojo mojo) throws Exception {
    mojo.execute();
    assertEquals(Goal.RUN, runner.request.goal());
    Experiment experiment = runner.request.experiment().orElseThrow();
    assertEquals(Experiment.DEFAULT_SEED, experiment.seed());
    assertEquals(List.of("liver", "spleen"), experiment.organs());
    assertEquals(basedir().resolve("ct/liver"), experiment.datasets().get(0).directory());
    assertEquals(Optional.empty(), experiment.testSet());
    assertEquals(Preprocessing.DEFAULT, experiment.preprocessing());
    assertEquals(Network.DEFAULT, experiment.network());
    assertEquals(Training.DEFAULT, experiment.training());
    assertEquals(List.of(MskdMethod.student(Distillation.DEFAULT)), experiment.methods());
    assertEquals(basedir().resolve("target/mskd"), runner.settings.outputDirectory());
    assertEquals("auto", runner.settings.backend());
  }

  @Test
  @InjectMojo(goal = "distill", pom = POMS + "full.xml")
  void nestedElementsReachTheRequest(DistillMojo mojo) throws Exception {
    mojo.execute();
    Experiment experiment = runner.request.experiment().orElseThrow();
    assertEquals(Goal.DISTILL, runner.request.goal());
    assertEquals(7, experiment.seed());
    assertEquals(128, experiment.preprocessing().sliceSize());
    assertEquals(-100, experiment.preprocessing().windowLow());
    assertEquals(5, experiment.training().epochs());
    assertEquals("2.5", experiment.methods().get(0).options().get("featureWeight"));
    assertEquals(
        List.of(new OrganLabel("liver", 1), new OrganLabel("spleen", 2)),
        experiment.testSet().orElseThrow().labels());
    assertEquals(List.of(1, 2), experiment.datasets().get(0).labelValues());
    assertEquals(3, runner.request.threads());
    assertEquals("org.nd4j:nd4j-cuda-11.6-platform", runner.settings.backend());
    assertEquals(Optional.of(basedir().resolve("natives")), runner.settings.nativesCache());
    assertEquals(
        new JvmSettings(
            Map.of("version", "[17,)", "vendor", "temurin"),
            List.of("-XX:+UseZGC", "-Dmy.text=two words", "-Xss600k"),
            Map.of("OMP_PLACES", "cores")),
        runner.settings.jvm());
  }

  @Test
  @InjectMojo(goal = "distill", pom = POMS + "minimal.xml")
  void thereIsNothingToDistilWithoutStudents(DistillMojo mojo) throws Exception {
    property("mskd.teachersOnly", "true");
    mojo.execute();
    assertNull(runner.request);
  }

  @Test
  @InjectMojo(goal = "train-teachers", pom = POMS + "minimal.xml")
  void teachersAloneAreTrained(TrainTeachersMojo mojo) throws Exception {
    property("mskd.teachersOnly", "true");
    mojo.execute();
    assertEquals(List.of(), runner.request.experiment().orElseThrow().methods());
  }

  @Test
  @InjectMojo(goal = "run", pom = POMS + "given.xml")
  void teachersImagesAndMethodsReachTheRequest(RunMojo mojo) throws Exception {
    property("mskd.methods", "mine,mskd-logits");
    Path model = basedir().resolve("target/given/liver.mskd");
    TeacherOnDisk.write(model, "liver");
    mojo.execute();
    Experiment experiment = runner.request.experiment().orElseThrow();
    assertEquals(List.of(), experiment.datasets());
    assertEquals(List.of(new TeacherFile("liver", model)), experiment.teachers());
    assertEquals(
        List.of(new UnlabelledSource("archive", basedir().resolve("ct/archive"))),
        experiment.unlabelled());
    assertEquals(TeacherOnDisk.SLICES, experiment.preprocessing());
    assertEquals(TeacherOnDisk.NETWORK, experiment.network());
    assertEquals(TeacherOnDisk.PATCH, experiment.training().patchSize());
    assertEquals(Preset.NNUNET.training().schedule(), experiment.training().schedule());
    assertEquals(Preset.NNUNET.training().optimizer(), experiment.training().optimizer());
    assertEquals(
        List.of(
            MskdMethod.student("mine", Distillation.DEFAULT.withFeatureWeight(5)),
            MskdMethod.student("mskd-logits", Distillation.DEFAULT.withFeatureWeight(0))),
        experiment.methods());
  }

  @Test
  @InjectMojo(goal = "doctor", pom = POMS + "given.xml")
  void theDoctorSeesAnExperimentWithoutDataSets(DoctorMojo mojo) throws Exception {
    TeacherOnDisk.write(basedir().resolve("target/given/liver.mskd"), "liver");
    mojo.execute();
    assertEquals(List.of("liver"), runner.request.experiment().orElseThrow().organs());
  }

  @Test
  @InjectMojo(goal = "evaluate", pom = POMS + "full.xml")
  void userPropertiesOverrideThePom(EvaluateMojo mojo) throws Exception {
    property("mskd.epochs", "9");
    property("mskd.seed", "11");
    property("mskd.threads", "1");
    property("mskd.backend", "auto");
    property("mskd.outputDirectory", "elsewhere");
    mojo.execute();
    Experiment experiment = runner.request.experiment().orElseThrow();
    assertEquals(9, experiment.training().epochs());
    assertEquals(11, experiment.seed());
    assertEquals(1, runner.request.threads());
    assertEquals("auto", runner.settings.backend());
    assertEquals(basedir().resolve("elsewhere"), runner.request.outputDirectory());
  }

  @Test
  @InjectMojo(goal = "prepare", pom = POMS + "minimal.xml")
  void anUnknownPropertyFailsWithTheNearestName(PrepareMojo mojo) {
    property("mskd.slicesize", "64");
    String message = failure(mojo);
    assertTrue(message.contains("-Dmskd.slicesize is not known"), message);
    assertTrue(message.contains("-Dmskd.sliceSize"), message);
    assertNull(runner.request);
  }

  @Test
  @InjectMojo(goal = "train-teachers", pom = POMS + "misspelt.xml")
  void anUnknownNestedElementFailsWithOurMessage(TrainTeachersMojo mojo) {
    String message = failure(mojo);
    assertTrue(message.contains("<epoch> in <training> is not known"), message);
    assertTrue(message.contains("Did you mean <epochs>?"), message);
    assertNull(runner.request);
  }

  @Test
  @InjectMojo(goal = "run", pom = POMS + "minimal.xml")
  void anUnknownTopLevelElementFailsThoughMavenDropsIt(RunMojo mojo) {
    declare("trainings", null);
    String message = failure(mojo);
    assertTrue(message.contains("<trainings>"), message);
    assertTrue(message.contains("Did you mean <training>?"), message);
    assertNull(runner.request);
  }

  /** Maven passes null for the property. */
  @Test
  @InjectMojo(goal = "run", pom = POMS + "minimal.xml")
  @MojoParameter(name = "trustedKeys", value = "${hospital.keys}")
  void trustedKeysOfAnUndefinedPropertyFail(RunMojo mojo) {
    declare("trustedKeys", "${hospital.keys}");
    String message = failure(mojo);
    assertTrue(
        message.startsWith(
            "<trustedKeys> is ${hospital.keys}, and nothing defines ${hospital.keys}."),
        message);
    assertNull(runner.request);
  }

  @Test
  @InjectMojo(goal = "describe", pom = POMS + "empty.xml")
  @MojoParameter(name = "trustedKeys", value = "${hospital.keys}")
  void describeTooNeedsTheTrustedKeysThatAPomDeclares(DescribeMojo mojo) throws Exception {
    declare("trustedKeys", "${hospital.keys}");
    set(mojo, "model", "org.hospital:liver:1");
    String message = failure(mojo);
    assertTrue(message.contains("nothing defines ${hospital.keys}."), message);
  }

  @Test
  @InjectMojo(goal = "run", pom = POMS + "minimal.xml")
  void emptyTrustedKeysFail(RunMojo mojo) {
    property("mskd.trustedKeys", " ");
    assertEquals(
        "-Dmskd.trustedKeys is empty. Name the file or folder of the keys, or leave it out: then"
            + " no signature is checked.",
        failure(mojo));
    assertNull(runner.request);
  }

  @Test
  @InjectMojo(goal = "run", pom = POMS + "impossible.xml")
  void anImpossibleValueNamesElementGivenAndAllowed(RunMojo mojo) {
    String message = failure(mojo);
    assertTrue(message.contains("<learningRate> of <training> is quick."), message);
    assertTrue(message.contains("Allowed is a number"), message);
    assertNull(runner.request);
  }

  @Test
  @InjectMojo(goal = "run", pom = POMS + "empty.xml")
  void anExperimentNeedsDataSets(RunMojo mojo) {
    assertTrue(failure(mojo).contains("<datasets> declares no data set"));
  }

  @Test
  @InjectMojo(goal = "run", pom = POMS + "empty.xml")
  void skipDoesNothing(RunMojo mojo) throws Exception {
    property("mskd.skip", "true");
    mojo.execute();
    assertNull(runner.request);
  }

  @Test
  @InjectMojo(goal = "doctor", pom = POMS + "empty.xml")
  void theDoctorNeedsNoExperiment(DoctorMojo mojo) throws Exception {
    mojo.execute();
    assertEquals(Goal.DOCTOR, runner.request.goal());
    assertEquals(Optional.empty(), runner.request.experiment());
  }

  @Test
  @InjectMojo(goal = "make-phantoms", pom = POMS + "empty.xml")
  void phantomsNeedNoExperiment(MakePhantomsMojo mojo) throws Exception {
    property("mskd.phantomDirectory", "drawn");
    mojo.execute();
    assertEquals(Goal.MAKE_PHANTOMS, runner.request.goal());
    assertEquals(Optional.empty(), runner.request.experiment());
    assertEquals(
        Phantoms.defaultsIn(basedir().resolve("drawn")), runner.request.phantoms().orElseThrow());
  }

  @Test
  @InjectMojo(goal = "predict", pom = POMS + "empty.xml")
  void predictionNeedsAModelAndAnInput(PredictMojo mojo) throws Exception {
    property("mskd.model", "model.mskd");
    assertTrue(failure(mojo).contains("<input> is missing. Give -Dmskd.input=...: a NIfTI file"));
    property("mskd.input", "scans");
    mojo.execute();
    assertEquals(basedir().resolve("predictions"), runner.settings.outputDirectory());
    property("mskd.output", "labels");
    property("mskd.components", "kidney 2, liver 1");
    property("mskd.probabilities", "true");
    mojo.execute();
    assertEquals(Goal.PREDICT, runner.request.goal());
    assertEquals(basedir().resolve("labels"), runner.request.outputDirectory());
    assertEquals(basedir().resolve("labels"), runner.settings.outputDirectory());
    assertEquals(
        new Prediction(
            basedir().resolve("model.mskd"),
            basedir().resolve("scans"),
            List.of(new KeptComponents("kidney", 2), new KeptComponents("liver", 1)),
            true,
            Training.DEFAULT.batchSize()),
        runner.request.prediction().orElseThrow());
  }

  /** {@code <prediction>} of the POM says nothing about an export. */
  @Test
  @InjectMojo(goal = "export", pom = POMS + "full.xml")
  void anExportIsThatOfTheExperimentsModels(ExportMojo mojo) throws Exception {
    property("mskd.export", "mine, teachers/liver");
    property("mskd.exportCheck", "false");
    mojo.execute();
    assertEquals(Goal.EXPORT, runner.request.goal());
    assertEquals(7, runner.request.experiment().orElseThrow().seed());
    ExportOptions options = runner.request.export().orElseThrow();
    assertEquals(List.of("mine", "teachers/liver"), options.names());
    assertEquals(Optional.empty(), options.model());
    assertEquals(false, options.check());
    assertEquals(basedir().resolve("target/mskd"), runner.settings.outputDirectory());
  }

  @Test
  @InjectMojo(goal = "export", pom = POMS + "empty.xml")
  void aGivenModelIsExportedWithoutAnExperiment(ExportMojo mojo) throws Exception {
    assertTrue(failure(mojo).contains("No experiment is declared here, and no model is given."));
    property("mskd.model", "model.mskd");
    mojo.execute();
    assertEquals(Optional.empty(), runner.request.experiment());
    ExportOptions options = runner.request.export().orElseThrow();
    assertEquals(Optional.of(basedir().resolve("model.mskd")), options.model());
    assertEquals(Optional.empty(), options.input());
    assertEquals(true, options.check());
    assertTrue(options.version().matches("\\d+\\..*"), options.version());
    assertEquals(basedir().resolve("export"), runner.request.outputDirectory());
    property("mskd.output", "other");
    property("mskd.input", "scan.nii");
    mojo.execute();
    assertEquals(basedir().resolve("other"), runner.settings.outputDirectory());
    assertEquals(
        Optional.of(basedir().resolve("scan.nii")), runner.request.export().orElseThrow().input());
    property("mskd.export", "mskd");
    assertTrue(failure(mojo).contains("-Dmskd.export is mskd. Allowed is names"));
  }

  @Test
  @InjectMojo(goal = "describe", pom = POMS + "empty.xml")
  void aDescriptionNeedsAModelAndNoWorker(DescribeMojo mojo) throws Exception {
    assertTrue(failure(mojo).contains("-Dmskd.model is missing. Name a model.mskd"));
    Path model = basedir().resolve("target/given/described.mskd");
    TeacherOnDisk.writeWhole(model, "liver");
    Path json = basedir().resolve("target/given/described.json");
    set(mojo, "model", "target/given/described.mskd");
    set(mojo, "json", "target/given/described.json");
    mojo.execute();
    assertTrue(Files.readString(json).contains("\"kind\": \"teacher\""));
    set(mojo, "json", "target/given/described.mskd");
    assertTrue(failure(mojo).contains("-Dmskd.json is the model."));
    TeacherOnDisk.write(model, "liver");
    set(mojo, "json", null);
    assertTrue(failure(mojo).contains("described.mskd does not hold the weights of the network"));
    set(mojo, "model", "target/given/none.mskd");
    assertTrue(failure(mojo).contains("none.mskd is missing"));
    assertNull(runner.request);
  }

  @Test
  @InjectMojo(goal = "describe", pom = POMS + "trusted.xml")
  void theKeysOfThePomAreTrustedByADescription(DescribeMojo mojo) throws Exception {
    set(mojo, "model", "org.example:liver-teacher:1");
    project.setRemoteArtifactRepositories(List.of());
    String message = failure(mojo);
    assertTrue(
        message.contains("<trustedKeys> " + basedir().resolve("keys/none.asc") + " is missing."),
        message);
    property("mskd.trustedKeys", "others.asc");
    assertTrue(failure(mojo).contains("others.asc is missing."), failure(mojo));
  }

  /** As Maven does with a property of the command line. */
  private static void set(Mojo mojo, String parameter, String value) throws Exception {
    Field field = mojo.getClass().getDeclaredField(parameter);
    field.setAccessible(true);
    field.set(mojo, value);
  }

  @Test
  @InjectMojo(goal = "export", pom = POMS + "minimal.xml")
  void theSwitchOfTheCheckIsTrueOrFalse(ExportMojo mojo) {
    property("mskd.exportCheck", "maybe");
    String message = failure(mojo);
    assertTrue(message.contains("-Dmskd.exportCheck is maybe."), message);
    assertNull(runner.request);
  }

  /** Without anything of the experiment but its test set. */
  @Test
  @InjectMojo(goal = "evaluate", pom = POMS + "full.xml")
  void aGivenModelIsEvaluatedOnTheTestSet(EvaluateMojo mojo) throws Exception {
    onCommandLine(mojo);
    property("mskd.model", "given.mskd");
    property("mskd.surfaceTolerance", "3");
    mojo.execute();
    assertEquals(Goal.EVALUATE, runner.request.goal());
    assertEquals(Optional.empty(), runner.request.experiment());
    assertEquals(
        new Scoring(
            new TestSet(
                basedir().resolve("ct/test"),
                List.of(new OrganLabel("liver", 1), new OrganLabel("spleen", 2))),
            3,
            7),
        runner.request.scoring().orElseThrow());
    Prediction prediction = runner.request.prediction().orElseThrow();
    assertEquals(basedir().resolve("given.mskd"), prediction.model());
    assertEquals(basedir().resolve("ct/test/imagesTs"), prediction.input());
    assertEquals(basedir().resolve("target/mskd-evaluation"), runner.settings.outputDirectory());
    property("mskd.output", "scores");
    mojo.execute();
    assertEquals(basedir().resolve("scores"), runner.request.outputDirectory());
  }

  @Test
  @InjectMojo(goal = "evaluate", pom = POMS + "minimal.xml")
  void aGivenModelNeedsATestSet(EvaluateMojo mojo) throws Exception {
    onCommandLine(mojo);
    property("mskd.model", "given.mskd");
    assertTrue(failure(mojo).contains("<testSet> is missing. Declare a <testSet>"));
  }

  /** There, {@code -Dmskd.model} is meant for another goal of the command line. */
  @Test
  @InjectMojo(goal = "evaluate", pom = POMS + "full.xml")
  void anExecutionOfALifecycleEvaluatesTheExperiment(EvaluateMojo mojo) throws Exception {
    property("mskd.model", "given.mskd");
    mojo.execute();
    assertEquals(7, runner.request.experiment().orElseThrow().seed());
    assertEquals(Optional.empty(), runner.request.scoring());
  }

  private static void onCommandLine(ConfiguredMojo mojo) throws ReflectiveOperationException {
    Field field = ConfiguredMojo.class.getDeclaredField("execution");
    field.setAccessible(true);
    MojoExecution given = (MojoExecution) field.get(mojo);
    MojoExecution execution =
        new MojoExecution(given.getMojoDescriptor(), "default-cli", MojoExecution.Source.CLI);
    field.set(mojo, execution);
  }
}
