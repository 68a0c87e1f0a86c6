package org.mskd.maven;

import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.mskd.file.AtomicFile;
import org.mskd.maven.config.DescribeSettings;
import org.mskd.maven.config.XmlNode;
import org.mskd.publication.DescriptionJson;
import org.mskd.publication.DescriptionText;
import org.mskd.publication.ModelDescription;

/**
 * Checks a model file and shows what it is: organs, network, preprocessing, training, data as
 * counts and digests, scores, teachers, versions. Needs no POM and runs no worker.
 */
@Mojo(name = "describe", threadSafe = true, requiresProject = false, aggregator = true)
public final class DescribeMojo extends StandaloneMojo {
  /**
   * The model.mskd of a teacher or a student, a packaged model or its coordinates, or an ensemble
   * of cross-validate; on the command line only: {@code -Dmskd.model}. Required.
   */
  @Parameter(property = "mskd.model")
  private String model;

  /**
   * A file for the same as JSON; on the command line only: {@code -Dmskd.json}. Default: it is not
   * written.
   */
  @Parameter(property = "mskd.json")
  private String json;

  /**
   * The OpenPGP public keys, a file or a folder of files, one of which must have signed a model
   * that is resolved as a Maven artifact. Default: signatures are not checked.
   */
  @Parameter(property = "mskd.trustedKeys")
  private String trustedKeys;

  @Override
  List<XmlNode> elements() {
    return trustedKeys(trustedKeys);
  }

  @Override
  String goal() {
    return "describe";
  }

  @Override
  void run() {
    DescribeSettings settings = DescribeSettings.of(model, json, basedir(), models().files());
    models().verified().require(settings.model(), settings.model());
    ModelDescription description = ModelDescription.of(settings.model());
    DescriptionText.lines(description).forEach(getLog()::info);
    settings.json().ifPresent(file -> write(description, file));
  }

  private void write(ModelDescription description, Path file) {
    AtomicFile.writeText(file, DescriptionJson.text(description));
    getLog().info("Written: " + file);
  }
}
