package org.mskd.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoExtension;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.OrganLabel;
import org.mskd.maven.setup.WrittenPom;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** The goal on small data sets in {@code target/init}. */
@MojoTest
class InitMojoTest {
  private static final String FOLDER = "target/init";
  private static final String POM = "src/test/resources/poms/empty.xml";

  @Inject private MavenSession session;

  private static Path folder() {
    return Path.of(MojoExtension.getBasedir()).toAbsolutePath().resolve(FOLDER);
  }

  @BeforeEach
  void removeWhatEarlierRunsWrote() throws IOException {
    if (Files.exists(folder())) {
      try (Stream<Path> all = Files.walk(folder())) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
  }

  private static void volume(String path, int value) throws IOException {
    Path file = folder().resolve(path);
    Files.createDirectories(file.getParent());
    float[] voxels = {0, value, value, 0, 0, 0, 0, 0};
    NiftiWriter.write(
        file, new Volume(new Grid(2, 2, 2, Affine.scaling(1, 1, 1)), voxels), VoxelType.INT16);
  }

  private static void twoSets() throws IOException {
    volume("ct/Leber & Milz/Task03_Liver/imagesTr/a.nii.gz", -500);
    volume("ct/Leber & Milz/Task03_Liver/labelsTr/a.nii.gz", 1);
    volume("ct/spleen/imagesTr/b.nii.gz", -400);
    volume("ct/spleen/labelsTr/b.nii.gz", 3);
  }

  private static Experiment written(Path pom) throws Exception {
    try (Reader text = Files.newBufferedReader(pom)) {
      return WrittenPom.experiment(text, pom.getParent());
    }
  }

  private static String failure(InitMojo mojo) {
    return assertThrows(MojoFailureException.class, mojo::execute).getMessage();
  }

  @Test
  @InjectMojo(goal = "init", pom = POM)
  @MojoParameter(name = "data", value = FOLDER + "/ct")
  @MojoParameter(name = "pom", value = FOLDER + "/new/pom.xml")
  void writesAPomThatTheGoalsRead(InitMojo mojo) throws Exception {
    twoSets();
    mojo.execute();
    Path pom = folder().resolve("new/pom.xml");
    assertEquals(
        List.of(
            new DatasetSource(
                "liver", folder().resolve("ct/Leber & Milz/Task03_Liver"), List.of(1)),
            new DatasetSource("spleen", folder().resolve("ct/spleen"), List.of(3))),
        written(pom).datasets());
    assertTrue(
        Files.readString(pom)
            .contains("<directory>${ct}/Leber &amp; Milz/Task03_Liver</directory>"));
    String message = failure(mojo);
    assertTrue(message.contains(pom + " exists already, and is not replaced."), message);
    assertTrue(message.contains("-Dmskd.pom=NAME"), message);
  }

  @Test
  @InjectMojo(goal = "init", pom = POM)
  @MojoParameter(name = "data", value = FOLDER + "/ct")
  @MojoParameter(name = "pom", value = FOLDER + "/pom.xml")
  void writesNothingWithoutData(InitMojo mojo) throws Exception {
    assertTrue(failure(mojo).contains("ct is missing"));
    Files.createDirectories(folder().resolve("ct"));
    assertTrue(failure(mojo).contains("ct holds no data set. Expected is the layout"));
    assertFalse(Files.exists(folder().resolve("pom.xml")));
    session.getUserProperties().setProperty("mskd.dataa", "ct");
    assertTrue(failure(mojo).contains("Did you mean -Dmskd.data?"));
  }

  @Test
  @InjectMojo(goal = "init", pom = POM)
  void needsAFolder(InitMojo mojo) throws Exception {
    assertTrue(failure(mojo).contains("-Dmskd.data is missing. Name the folder"));
    session.getUserProperties().setProperty("mskd.skip", "true");
    mojo.execute();
  }

  @Test
  @InjectMojo(goal = "init", pom = POM)
  @MojoParameter(name = "data", value = "../../shared/data/abdomen-ct")
  @MojoParameter(name = "pom", value = FOLDER + "/pom.xml")
  void realScansAreDeclared(InitMojo mojo) throws Exception {
    Path data = folder().resolve("../../../../shared/data/abdomen-ct").normalize();
    assumeTrue(Files.isDirectory(data), "skipped: " + data + " is missing");
    mojo.execute();
    Experiment experiment = written(folder().resolve("pom.xml"));
    assertEquals(List.of("liver", "spleen", "kidney", "pancreas"), experiment.organs());
    List<OrganLabel> numbers =
        List.of(
            new OrganLabel("liver", 1),
            new OrganLabel("spleen", 2),
            new OrganLabel("kidney", 3),
            new OrganLabel("pancreas", 4));
    assertEquals(numbers, experiment.multiOrgan().get(0).labels());
    assertEquals(numbers, experiment.testSet().orElseThrow().labels());
    assertEquals(256, experiment.preprocessing().sliceSize());
  }
}
