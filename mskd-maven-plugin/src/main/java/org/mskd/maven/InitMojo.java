package org.mskd.maven;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.mskd.discovery.Discovery;
import org.mskd.discovery.FoundData;
import org.mskd.file.AtomicFile;
import org.mskd.maven.config.ConfigurationCheck;
import org.mskd.maven.config.InitSettings;
import org.mskd.maven.config.MavenWording;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.UserProperties;
import org.mskd.maven.config.WorkerSettings;
import org.mskd.maven.config.XmlNode;
import org.mskd.maven.setup.FoundReport;
import org.mskd.maven.setup.PluginVersion;
import org.mskd.maven.setup.PomText;
import org.mskd.problem.BadInputException;
import org.mskd.problem.UnrepresentablePath;

/**
 * Writes a first POM from the data sets in a folder: which organs they annotate, with which label
 * values, and the test set. An existing file is never replaced.
 */
@Mojo(name = "init", threadSafe = true, requiresProject = false, aggregator = true)
public final class InitMojo extends AbstractMojo {
  /**
   * The folder that holds the data sets, in the layout of the Medical Segmentation Decathlon and of
   * nnU-Net; on the command line only: {@code -Dmskd.data}. Required.
   */
  @Parameter(property = "mskd.data")
  private String data;

  /** The file to be written; on the command line only: {@code -Dmskd.pom}. Default pom.xml. */
  @Parameter(property = "mskd.pom")
  private String pom;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  private MojoExecution execution;

  @Override
  public void execute() throws MojoFailureException {
    try {
      ConfigurationCheck.check(project, execution.getPlugin().getKey());
      UserProperties properties = UserProperties.ofGoal(session.getUserProperties(), "init");
      if (WorkerSettings.skip(
          Section.of(XmlNode.configuration(List.of()), properties, basedir()))) {
        getLog().info("Skipped, because <skip> is true.");
        return;
      }
      write(InitSettings.of(data, pom, basedir()));
    } catch (BadInputException e) {
      BadInputException worded = MavenWording.of(e);
      throw new MojoFailureException(worded.getMessage(), worded);
    } catch (InvalidPathException e) {
      throw new MojoFailureException(UnrepresentablePath.problem(e).getMessage());
    }
  }

  private void write(InitSettings settings) {
    FoundData found =
        Discovery.in(settings.data(), folder -> getLog().info("Reading the labels of " + folder));
    List<FoundReport.Line> lines = FoundReport.of(settings.data(), found);
    for (FoundReport.Line line : lines) {
      if (line.warning()) {
        getLog().warn(line.text());
      } else {
        getLog().info(line.text());
      }
    }
    String text = PomText.of(settings.data(), found, settings.pom(), plugin());
    settings.requireNewPom();
    AtomicFile.writeText(settings.pom(), text);
    getLog().info(FoundReport.written(settings.pom(), lines, Path.of("")));
  }

  private PluginVersion plugin() {
    Plugin plugin = execution.getPlugin();
    return new PluginVersion(plugin.getGroupId(), plugin.getArtifactId(), plugin.getVersion());
  }

  private Path basedir() {
    return project.getBasedir() != null
        ? project.getBasedir().toPath().toAbsolutePath()
        : Path.of("").toAbsolutePath();
  }
}
