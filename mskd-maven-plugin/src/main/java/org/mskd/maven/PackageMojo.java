package org.mskd.maven;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;
import org.mskd.maven.artifact.ModelCoordinates;
import org.mskd.maven.artifact.ModelPackaging;
import org.mskd.maven.artifact.PackagedModel;
import org.mskd.maven.artifact.ReportArchive;
import org.mskd.maven.config.PackageSettings;
import org.mskd.maven.config.PublicationReader;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.maven.worker.Versions;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.plan.ExperimentStatus;
import org.mskd.pipeline.plan.FolderCheck;
import org.mskd.pipeline.publication.ModelPublication;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.GoalFolders;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.StageForecast;
import org.mskd.pipeline.stage.StageForecast.Outcome;
import org.mskd.problem.BadInputException;
import org.mskd.publication.PublishedModel;

/**
 * Writes the trained models of the first replicate to target/ARTIFACTID-VERSION-CLASSIFIER.mskd,
 * with scores, counts of the data and other provenance in their model cards, and attaches them to
 * the project, so that install and deploy take them along. In a project with the packaging mskd one
 * of them is the main artifact. Starts no worker.
 */
@Mojo(name = "package", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class PackageMojo extends ConfiguredMojo {
  private static final String REPORT = "report";

  @Inject private MavenProjectHelper artifacts;

  @Override
  void execute(Section configuration) {
    PackageSettings own = PackageSettings.of(configuration);
    WorkerSettings settings = workerSettings(configuration);
    WorkerRequest given = request(Goal.RUN, settings, reader(configuration));
    FolderCheck.check(given);
    MavenProject project = build().project();
    String suffix = suffix(configuration);
    boolean hasMain = project.getPackaging().equals(ModelCoordinates.TYPE) && suffix.isEmpty();
    List<PackagedModel> models =
        ModelPackaging.of(given.experiment().orElseThrow(), own.mainModel(), hasMain, suffix);
    List<StageForecast> stages = stages(settings, given);
    requireUpToDate(stages, models);
    ExperimentFolders folders = new ExperimentFolders(settings.outputDirectory());
    ModelPublication publication =
        new ModelPublication(
            given.experiment().orElseThrow(),
            settings.outputDirectory(),
            new PublicationReader(configuration).settings(),
            outdated(stages).map(StageForecast::id).collect(Collectors.toUnmodifiableSet()),
            Versions.load().mskd());
    for (PackagedModel model : models) {
      Path file = file(model.classifier(), ".mskd");
      PublishedModel.write(
          model.name().fileIn(folders),
          publication.of(model.name(), coordinates(model).toString(), teachers(models)),
          file);
      attach(project, model, file);
      if (publication.leavesOutScores(model.name())) {
        getLog()
            .warn(
                "The scores of %s may be of other settings and are left out. Run mskd:run first."
                    .formatted(model.name().text()));
      }
    }
    if (own.attachReport()) {
      attachReport(settings.outputDirectory(), REPORT + suffix);
      outdated(stages)
          .findFirst()
          .ifPresent(
              stage ->
                  getLog()
                      .warn(
                          "The report may show results of other settings, since %s is not up to date (%s). Run mskd:run first."
                              .formatted(stage.name(), stage.reason())));
    }
  }

  /**
   * Without a main artifact the goals install and deploy fail, and their message names no cause.
   */
  @Override
  void skipped() {
    super.skipped();
    if (build().project().getPackaging().equals(ModelCoordinates.TYPE)) {
      getLog()
          .warn(
              "This module therefore has no main artifact, which install and deploy need: skip them"
                  + " as well, with -Dmaven.install.skip and -Dmaven.deploy.skip.");
    }
  }

  /** What a run would do now with the stages. */
  private List<StageForecast> stages(WorkerSettings settings, WorkerRequest given) {
    WorkerRequest request = runner().withBackend(build(), settings, given);
    // A stage that this build was asked to run again has been run before.
    return ExperimentStatus.of(request.withOptions(request.options().rerunning(List.of())));
  }

  private static Stream<StageForecast> outdated(List<StageForecast> stages) {
    return stages.stream().filter(stage -> stage.outcome() != Outcome.UP_TO_DATE);
  }

  /** A model of earlier settings, or of an interrupted run, is not that of this POM. */
  private static void requireUpToDate(List<StageForecast> stages, List<PackagedModel> models) {
    for (PackagedModel model : models) {
      outdated(stages)
          .filter(stage -> stage.id().equals(model.name().stage()))
          .findFirst()
          .ifPresent(
              stage -> {
                throw new BadInputException(
                    "%s is not up to date (%s), so there is no model to package."
                        .formatted(stage.name(), stage.reason()),
                    "Run mskd:run first; within an <execution> its <goal> comes before package.");
              });
    }
  }

  /** The coordinates of the teachers that are packaged, by organ. */
  private Map<String, String> teachers(List<PackagedModel> models) {
    return models.stream()
        .filter(model -> model.name().kind() == ModelKind.TEACHER)
        .collect(
            Collectors.toMap(model -> model.name().name(), model -> coordinates(model).toString()));
  }

  private ModelCoordinates coordinates(PackagedModel model) {
    MavenProject project = build().project();
    return new ModelCoordinates(
        project.getGroupId(), project.getArtifactId(), model.classifier(), project.getVersion());
  }

  private void attach(MavenProject project, PackagedModel model, Path file) {
    if (model.isMain()) {
      project.getArtifact().setFile(file.toFile());
    } else {
      artifacts.attachArtifact(project, ModelCoordinates.TYPE, model.classifier(), file.toFile());
    }
    getLog().info("Packaged %s as %s: %s".formatted(model.name().text(), coordinates(model), file));
  }

  private void attachReport(Path output, String classifier) {
    if (!Files.isRegularFile(GoalFolders.reportPage(output))) {
      throw new BadInputException(
          "<attachReport> is true, but there is no report in " + output + ".",
          "Run mskd:run or mskd:report first, or leave out <attachReport>.");
    }
    Path zip = file(classifier, ".zip");
    ReportArchive.write(GoalFolders.report(output), zip);
    artifacts.attachArtifact(build().project(), "zip", classifier, zip.toFile());
    getLog().info("Packaged the report: " + zip);
    getLog()
        .warn(
            "The report may show slices of scans and the names of subjects: deploy"
                + " it only where these may be seen.");
  }

  /** {@code target/ARTIFACTID-VERSION[-CLASSIFIER]} with an extension. */
  private Path file(String classifier, String extension) {
    org.apache.maven.model.Build build = build().project().getBuild();
    String name = build.getFinalName() + (classifier.isEmpty() ? "" : "-" + classifier);
    return Path.of(build.getDirectory(), name + extension);
  }
}
