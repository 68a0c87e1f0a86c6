package org.mskd.maven.setup;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.mskd.experiment.Experiment;
import org.mskd.maven.config.ConfigurationCheck;
import org.mskd.maven.config.ExperimentReader;
import org.mskd.maven.config.MskdProperties;
import org.mskd.maven.config.Section;
import org.mskd.maven.config.XmlNode;

/** A POM read as Maven and the plugin read it. */
public final class WrittenPom {
  private WrittenPom() {}

  /** The experiment that the first plugin declares; the property ct is interpolated as by Maven. */
  public static Experiment experiment(Reader pom, Path basedir)
      throws IOException, XmlPullParserException {
    StringWriter text = new StringWriter();
    pom.transferTo(text);
    String data = text.toString().replaceFirst("(?s).*<ct>(.*?)</ct>.*", "$1");
    String interpolated = text.toString().replace("${ct}", data);
    Plugin plugin =
        new MavenXpp3Reader()
            .read(new StringReader(interpolated), true)
            .getBuild()
            .getPlugins()
            .get(0);
    XmlNode configuration = XmlNode.of((Xpp3Dom) plugin.getConfiguration());
    ConfigurationCheck.check(configuration);
    return new ExperimentReader(
            Section.of(
                configuration,
                MskdProperties.of(new Properties(), new Properties(), true),
                basedir))
        .experiment();
  }
}
