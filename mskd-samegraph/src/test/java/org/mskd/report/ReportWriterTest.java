package org.mskd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.ReportImages;
import org.mskd.problem.BadInputException;
import org.mskd.report.picture.PicturedCase;

class ReportWriterTest {
  private static final Pattern LINK = Pattern.compile("(?:href|src|srcset)=\"([^\"#]+)\"");
  private static final long MANY = 100 << 20;

  @TempDir Path folder;

  private long write(ReportImages images, long bytes, String digest) {
    return new ReportWriter(folder, images, bytes, List.of(-125.0, 275.0))
        .write(
            DrawnCases.content(),
            new DrawnCases(),
            Map.of(
                "metrics.json",
                "{}".getBytes(StandardCharsets.UTF_8),
                "cases.csv",
                new byte[0],
                "summary.csv",
                new byte[0]),
            digest);
  }

  @Test
  void allLinksLeadToFilesOfTheReport() throws IOException {
    write(ReportImages.STRIPS, MANY, "d");
    int links = 0;
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        links++;
        Path target = page.resolveSibling(link.group(1)).normalize();
        assertTrue(target.startsWith(folder), page + ": " + link.group(1));
        assertTrue(Files.isRegularFile(target), page + ": " + link.group(1));
      }
    }
    assertTrue(links > 50, links + " links");
  }

  @Test
  void pagesAreReadableWhereScriptsAndInlineStylesAreForbidden() throws IOException {
    write(ReportImages.STRIPS, MANY, "d");
    for (Path page : pages()) {
      String text = Files.readString(page);
      assertFalse(Pattern.compile("\\sstyle=|<style|\\son[a-z]+=").matcher(text).find());
      assertFalse(
          Pattern.compile("<script(?! src=\"[^\"]+\" defer></script>)").matcher(text).find());
      assertFalse(text.contains("http://") || text.contains("https://"), "no network");
    }
    String index = Files.readString(folder.resolve("index.html"));
    assertTrue(index.contains("&lt;experiment&gt;"), "escaped");
    assertFalse(index.contains("<experiment>"));
    assertTrue(index.contains("A warning with &lt;elements&gt;."));
    assertTrue(index.contains("c2: the Dice of the kidney is far below"), "leads to the case");
  }

  @Test
  void theCaseWithTheLowestScoreComesFirst() throws IOException {
    write(ReportImages.STRIPS, MANY, "d");
    assertTrue(Files.readString(folder.resolve("cases/1.html")).contains("<h1>c2</h1>"));
  }

  @Test
  void withoutPicturesNoneIsWritten() throws IOException {
    assertEquals(0, write(ReportImages.NONE, MANY, "d"));
    assertEquals(List.of(), files(".jpg"));
    assertEquals(List.of(), files("slices.js"));
    assertTrue(
        Files.readString(folder.resolve("cases/1.html"))
            .contains("Without pictures, since &lt;reportImages&gt; is none."));
  }

  @Test
  void picturesStayWithinTheirLargestSize() throws IOException {
    long all = write(ReportImages.ALL, MANY, "d");
    long strips = write(ReportImages.STRIPS, MANY, "d");
    assertTrue(strips < all, strips + " and " + all);
    long limit = strips / 2;
    long used = write(ReportImages.STRIPS, limit, "d");
    long onDisk = 0;
    for (Path file : files(".jpg")) {
      onDisk += Files.size(file);
    }
    for (Path file : files("slices.js")) {
      onDisk += Files.size(file);
    }
    assertEquals(used, onDisk);
    assertTrue(used <= limit, used + " of " + limit);
    assertTrue(Files.exists(folder.resolve("cases/1/strip-0.jpg")), "low scores come first");
    assertTrue(
        Files.readString(folder.resolve("index.html"))
            .contains("Some are missing, since all would take more"));
  }

  @Test
  void manySlicesOfOneCaseLeaveRoomForTheStripsOfTheOthers() throws IOException {
    long all = write(ReportImages.ALL, MANY, "d");
    write(ReportImages.ALL, all * 2 / 3, "d");
    for (int number = 1; number <= 4; number++) {
      for (int strip = 0; strip <= 2; strip++) {
        Path file = folder.resolve("cases/" + number + "/strip-" + strip + ".jpg");
        assertTrue(Files.exists(file), file.toString());
      }
    }
    assertTrue(
        Files.readString(folder.resolve("index.html"))
            .contains("Some are missing, since all would take more than &lt;reportSize&gt;."));
  }

  @Test
  void aReportThatFailsHalfwayHasNoFirstPageAndItsPicturesAreRemovedLater() throws IOException {
    write(ReportImages.NONE, MANY, "first");
    TestCases failing =
        new TestCases() {
          private int opened;

          @Override
          public <T> T with(String caseId, Function<PicturedCase, T> work) {
            if (++opened > 1) {
              throw new BadInputException("No disk.", "Find one.");
            }
            return new DrawnCases().with(caseId, work);
          }
        };
    ReportWriter writer =
        new ReportWriter(folder, ReportImages.STRIPS, MANY, List.of(-125.0, 275.0));
    assertThrows(
        BadInputException.class,
        () -> writer.write(DrawnCases.content(), failing, Map.of(), "second"));
    assertTrue(Files.exists(folder.resolve("cases/1/slices.js")));
    assertFalse(Files.exists(folder.resolve("index.html")), "its links would mix two reports");
    assertFalse(ReportWriter.holds(folder, "first") || ReportWriter.holds(folder, "second"));
    write(ReportImages.NONE, MANY, "third");
    assertEquals(List.of(), files("slices.js"));
    assertEquals(List.of(), files(".jpg"));
    assertTrue(ReportWriter.holds(folder, "third"));
    Files.delete(folder.resolve("cases/2.html"));
    assertFalse(ReportWriter.holds(folder, "third"), "a page is gone");
  }

  @Test
  void digitsOfFileNamesDoNotDependOnTheLocale() throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      write(ReportImages.STRIPS, MANY, "d");
    } finally {
      Locale.setDefault(before);
    }
    assertTrue(Files.exists(folder.resolve("cases/1/strip-0.jpg")));
    allLinksLeadToFilesOfTheReport();
  }

  @Test
  void aNewReportRemovesFilesOfTheLastOneAlone() throws IOException {
    write(ReportImages.STRIPS, MANY, "first");
    Path own = Files.writeString(folder.resolve("cases/1/notes.txt"), "mine");
    assertTrue(ReportWriter.holds(folder, "first"));
    write(ReportImages.NONE, MANY, "second");
    assertTrue(Files.exists(own));
    assertFalse(Files.exists(folder.resolve("cases/1/strip-0.jpg")));
    assertFalse(Files.exists(folder.resolve("cases/2")), "an empty folder is removed");
    assertTrue(ReportWriter.holds(folder, "second"));
    assertFalse(ReportWriter.holds(folder, "first"));
  }

  @Test
  void aListingThatLeavesTheFolderDeletesNothing() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside.txt"), "mine");
    Path report = folder.resolve("report");
    Files.createDirectories(report);
    Files.writeString(
        report.resolve("report.json"), "{\"files\":[\"../outside.txt\"],\"of\":\"d\"}");
    new ReportWriter(report, ReportImages.NONE, MANY, List.of(-125.0, 275.0))
        .write(DrawnCases.content(), new DrawnCases(), Map.of(), "d");
    assertTrue(Files.exists(outside));
  }

  private List<Path> pages() throws IOException {
    List<Path> pages = files(".html");
    assertEquals(5, pages.size(), "the first page, and one for each of four cases");
    return pages;
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return List.copyOf(
          new TreeSet<>(all.filter(file -> file.toString().endsWith(ending)).toList()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
