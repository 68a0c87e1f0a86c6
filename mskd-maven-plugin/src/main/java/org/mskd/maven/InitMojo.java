package org.mskd.maven;

import java.nio.file.Path;
import java.util.List;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.mskd.discovery.Discovery;
import org.mskd.discovery.FoundData;
import org.mskd.file.AtomicFile;
import org.mskd.maven.config.InitSettings;
import org.mskd.maven.setup.FoundReport;
import org.mskd.maven.setup.PluginVersion;
import org.mskd.maven.setup.PomText;

/**
 * Writes a first POM from the data sets in a folder: which organs they annotate, with which label
 * values, and the test set. An existing file is never replaced.
 */
@Mojo(name = "init", threadSafe = true, requiresProject = false, aggregator = true)
public final class InitMojo extends StandaloneMojo {
  /**
   * The folder that holds the data sets, in the layout of the Medical Segmentation Decathlon and of
   * nnU-Net; on the command line only: {@code -Dmskd.data}. Required.
   */
  @Parameter(property = "mskd.data")
  private String data;

  /** The file to be written; on the command line only: {@code -Dmskd.pom}. Default pom.xml. */
  @Parameter(property = "mskd.pom")
  private String pom;

  @Override
  String goal() {
    return "init";
  }

  @Override
  void run() {
    write(InitSettings.of(data, pom, basedir()));
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
    Plugin plugin = execution().getPlugin();
    return new PluginVersion(plugin.getGroupId(), plugin.getArtifactId(), plugin.getVersion());
  }
}
