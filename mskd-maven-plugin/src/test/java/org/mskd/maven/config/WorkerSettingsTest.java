package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mskd.experiment.ReportImages;
import org.mskd.pipeline.request.CacheOptions;
import org.mskd.pipeline.request.ReportOptions;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.problem.BadInputException;

class WorkerSettingsTest {
  private static final String OUT = "<outputDirectory>target/mskd</outputDirectory>";

  @Test
  void defaultsFitThisMachine() {
    WorkerSettings settings = WorkerSettings.of(Pom.section(OUT));
    assertEquals(Runtime.getRuntime().availableProcessors(), settings.threads());
    assertEquals("auto", settings.backend());
    assertEquals(Pom.BASEDIR.resolve("target/mskd"), settings.outputDirectory());
    assertTrue(settings.maxHeap().mebibytes() >= 1024 && settings.maxHeap().mebibytes() <= 8192);
    assertTrue(settings.maxOffHeap().mebibytes() >= 1024);
  }

  /** Trainings fit into the memory with the default limits: no warning that they may not. */
  @Test
  void trainingsSideBySideShareTheMemoryByDefault() {
    long physical = MemorySize.physical().mebibytes();
    WorkerSettings two = WorkerSettings.of(Pom.section(OUT, "parallel=2"));
    assertEquals(Math.max(1024, physical / 4), two.maxOffHeap().mebibytes());
    assertEquals(WorkerSettings.of(Pom.section(OUT)).maxHeap(), two.maxHeap());
    WorkerSettings three = WorkerSettings.of(Pom.section(OUT, "parallel=3"));
    assertEquals(Math.max(1024, physical / 6), three.maxOffHeap().mebibytes(), 1);
    assertEquals(Math.min(8192, Math.max(1024, physical / 9)), three.maxHeap().mebibytes(), 1);
    assumeTrue(physical >= 9216, "a machine on which the least limits do not decide");
    assertTrue(two.bytes() <= physical << 20);
    assertTrue(three.bytes() <= physical << 20);
    assertEquals(
        new MemorySize(3072),
        WorkerSettings.of(Pom.section(OUT, "parallel=2", "maxOffHeap=3g")).maxOffHeap());
  }

  @Test
  void propertiesOverrideThePom() {
    String pom =
        OUT
            + "<threads>3</threads><backend>g:a:1</backend><maxHeap>1g</maxHeap>"
            + "<maxOffHeap>2g</maxOffHeap><skip>false</skip>";
    Section given = Pom.section(pom);
    assertEquals(
        new WorkerSettings(
            3,
            "g:a:1",
            new MemorySize(1024),
            new MemorySize(2048),
            Pom.BASEDIR.resolve("target/mskd"),
            RunOptions.DEFAULT),
        WorkerSettings.of(given));
    assertFalse(WorkerSettings.skip(given));
    Section over =
        Pom.section(
            pom,
            "threads=1",
            "backend=auto",
            "maxHeap=600m",
            "maxOffHeap=3g",
            "outputDirectory=/tmp/o",
            "skip=true");
    assertEquals(
        new WorkerSettings(
            1,
            "auto",
            new MemorySize(600),
            new MemorySize(3072),
            Path.of("/tmp/o"),
            RunOptions.DEFAULT),
        WorkerSettings.of(over));
    assertTrue(WorkerSettings.skip(over));
  }

  @Test
  void whatNoResultDependsOnIsReadToo() {
    Section pom =
        Pom.section(
            "<outputDirectory>o</outputDirectory><checkpointEvery>50</checkpointEvery>"
                + "<parallel>3</parallel><keep>0</keep>",
            "rerun=teacher:liver, evaluate",
            "reread=true",
            "lockNames=true",
            "reportImages=all",
            "reportSize=5m");
    assertEquals(
        new RunOptions(50, List.of("teacher:liver", "evaluate"), true, 3, 0)
            .namingCases(true)
            .reporting(new ReportOptions(ReportImages.ALL, 5 << 20)),
        WorkerSettings.of(pom).options());
    for (String wrong :
        List.of(
            "checkpointEvery=0",
            "parallel=0",
            "parallel=65",
            "keep=-1",
            "keep=all",
            "reportImages=some",
            "reportSize=big")) {
      Section given = Pom.section("<outputDirectory>o</outputDirectory>", wrong);
      String message =
          assertThrows(BadInputException.class, () -> WorkerSettings.of(given)).getMessage();
      assertTrue(message.contains(wrong.substring(0, wrong.indexOf('='))), message);
    }
  }

  @Test
  void theCacheHasADefaultSize() {
    String output = "<outputDirectory>o</outputDirectory>";
    assertEquals(Optional.empty(), WorkerSettings.of(Pom.section(output)).options().cache());
    CacheOptions cache =
        WorkerSettings.of(Pom.section(output, "cacheDirectory=/tmp/cache"))
            .options()
            .cache()
            .orElseThrow();
    assertEquals(new CacheOptions(Path.of("/tmp/cache"), 20L << 30), cache);
    assertEquals(
        Optional.empty(),
        WorkerSettings.of(Pom.section(output, "cacheDirectory=/tmp/cache"))
            .withoutCache()
            .options()
            .cache());
    cache =
        WorkerSettings.of(Pom.section(output, "cacheDirectory=/tmp/cache", "cacheSize=500m"))
            .options()
            .cache()
            .orElseThrow();
    assertEquals(500L << 20, cache.mostBytes());
    for (String wrong : List.of("cacheSize=0", "cacheSize=all")) {
      String message =
          assertThrows(
                  BadInputException.class,
                  () -> WorkerSettings.of(Pom.section(output, wrong)).options())
              .getMessage();
      assertTrue(message.contains("cacheSize"), message);
    }
  }

  @ParameterizedTest
  @CsvSource({"2g,2048", "512m,512", "512M,512", "1 GiB,1024", "3GB,3072", "1t,1048576"})
  void sizesAreWrittenAsForTheJvm(String text, long mebibytes) {
    assertEquals(
        mebibytes, WorkerSettings.of(Pom.section(OUT, "maxHeap=" + text)).maxHeap().mebibytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maxHeap=lots",
        "maxHeap=2048",
        "maxOffHeap=-1g",
        "maxOffHeap=63m",
        "threads=0",
        "threads=two",
        "threads=1025"
      })
  void impossibleSettingsAreRefusedByName(String property) {
    String message =
        assertThrows(BadInputException.class, () -> WorkerSettings.of(Pom.section(OUT, property)))
            .getMessage();
    assertTrue(message.contains("-Dmskd." + property.replace("=", " is ") + "."), message);
    assertTrue(message.contains("Allowed is"), message);
  }

  @Test
  void theFolderOfTheNativesCountsFromThePom() {
    String pom = OUT + "<nativesCache>natives</nativesCache>";
    assertEquals(Optional.empty(), WorkerSettings.of(Pom.section(OUT)).nativesCache());
    assertEquals(
        Optional.of(Pom.BASEDIR.resolve("natives")),
        WorkerSettings.of(Pom.section(pom)).nativesCache());
    assertEquals(
        Optional.of(Path.of("/scratch/natives")),
        WorkerSettings.of(Pom.section(pom, "nativesCache=/scratch/natives")).nativesCache());
  }

  @Test
  void skipMustBeTrueOrFalse() {
    Section section = Pom.section("<skip>maybe</skip>");
    assertThrows(BadInputException.class, () -> WorkerSettings.skip(section));
  }
}
