package org.mskd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.ReportImages;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Opens a report from the disk in Chromium, where it is installed with its driver. */
class ReportBrowserTest {
  private static final List<String> DRIVERS =
      List.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser");

  @TempDir static Path folder;
  private ChromeDriver browser;

  @BeforeAll
  static void write() {
    assumeTrue(
        found(DRIVERS) && found(BROWSERS),
        "Chromium and its driver are not installed: the report is not opened in a browser.");
    new ReportWriter(folder, ReportImages.ALL, 100 << 20, List.of(-125.0, 275.0))
        .write(
            DrawnCases.content(),
            new DrawnCases(),
            Map.of("metrics.json", "{}".getBytes(StandardCharsets.UTF_8)),
            "d");
  }

  private static boolean found(List<String> files) {
    return files.stream().anyMatch(file -> Files.isExecutable(Path.of(file)));
  }

  private static String first(List<String> files) {
    return files.stream()
        .filter(file -> Files.isExecutable(Path.of(file)))
        .findFirst()
        .orElseThrow();
  }

  private ChromeDriver open(String page, boolean scripts, String... arguments) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(first(BROWSERS));
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu");
    options.addArguments("--window-size=1280,1000", "--disable-dev-shm-usage");
    options.addArguments(arguments);
    if (!scripts) {
      options.setExperimentalOption(
          "prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of(first(DRIVERS)).toFile())
            .usingAnyFreePort()
            .build();
    browser = new ChromeDriver(service, options);
    browser.manage().timeouts().implicitlyWait(Duration.ofSeconds(5));
    browser.get(folder.resolve(page).toUri().toString());
    return browser;
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  private static List<String> console(WebDriver browser) {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  @Test
  void chartsAreDrawnAndTablesAreSorted() {
    ChromeDriver page = open("index.html", true);
    assertEquals(2, page.findElements(By.cssSelector("#boxes .live svg")).size());
    assertEquals(1, page.findElements(By.cssSelector("#training .live svg")).size());
    List<String> before = models(page);
    assertEquals(List.of("teachers", "mskd"), before);
    WebElement model = page.findElement(By.cssSelector("#scores th button"));
    model.sendKeys(Keys.ENTER); // ascending
    assertEquals(List.of("mskd", "teachers"), models(page));
    assertEquals(
        "ascending", page.findElement(By.cssSelector("#scores th")).getDomAttribute("aria-sort"));
    assertTrue(
        page.findElement(By.cssSelector("#scores select")).isDisplayed(), "choice of a model");
    assertEquals(List.of(), console(page));
  }

  private static List<String> models(WebDriver page) {
    return page.findElements(By.cssSelector("#scores table.sortable tbody th")).stream()
        .map(WebElement::getText)
        .toList();
  }

  @Test
  void theViewerShowsSlicesAndOverlaysByKeyAndWheel() {
    ChromeDriver page = open("index.html", true);
    page.findElement(By.cssSelector(".findings a")).click();
    assertEquals("c2", page.findElement(By.tagName("h1")).getText());
    // The finding leads to the slice in which the kidney is largest, and to the model that lost it.
    String place = place(page);
    assertEquals("slice 7", place);
    assertEquals("mskd", chosen(page));
    String drawn = pixels(page);
    assertNotEquals(0, Integer.parseInt(drawn.split(" ")[1]), "something is drawn");
    press(page, Keys.ARROW_DOWN);
    assertNotEquals(place, place(page));
    press(page, Keys.ARROW_UP);
    assertEquals(place, place(page));
    assertEquals(drawn, pixels(page), "the same slice is drawn alike");
    press(page, "o");
    String plain = pixels(page);
    assertNotEquals(drawn, plain, "areas are off");
    press(page, "o");
    assertEquals(drawn, pixels(page));
    press(page, "1");
    assertEquals("reference", chosen(page));
    press(page, "2");
    assertEquals("teachers", chosen(page));
    press(page, "3");
    assertEquals("mskd", chosen(page));
    press(page, "e");
    assertEquals("errors of mskd", chosen(page));
    press(page, "w");
    assertNotEquals(drawn, pixels(page), "another window");
    ((JavascriptExecutor) page)
        .executeScript(
            "document.querySelector('canvas').dispatchEvent("
                + "new WheelEvent('wheel', {deltaY: 100, cancelable: true}))");
    await(page, place);
    assertNotEquals(place, place(page), "the wheel scrolls");
    assertEquals(List.of(), console(page));
  }

  private static void press(ChromeDriver page, CharSequence key) {
    page.findElement(By.tagName("canvas")).sendKeys(key);
    pause();
  }

  /** Decoding a slice is asynchronous. */
  private static void pause() {
    try {
      Thread.sleep(150);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(ChromeDriver page, String before) {
    for (int i = 0; i < 20 && place(page).equals(before); i++) {
      pause();
    }
  }

  private static String place(ChromeDriver page) {
    return page.findElement(By.cssSelector(".place")).getText();
  }

  private static String chosen(ChromeDriver page) {
    return (String)
        ((JavascriptExecutor) page)
            .executeScript(
                "return document.querySelector('#viewer select').selectedOptions[0].textContent");
  }

  /** A sum over the pixels, and how many are not black. */
  private static String pixels(ChromeDriver page) {
    pause();
    return (String)
        ((JavascriptExecutor) page)
            .executeScript(
                "const c = document.querySelector('canvas');"
                    + "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                    + "let s = 0, n = 0;"
                    + "for (let i = 0; i < d.length; i += 4) {"
                    + "  s = (s * 31 + d[i] + 3 * d[i + 1] + 7 * d[i + 2]) % 1000003;"
                    + "  n += d[i] + d[i + 1] + d[i + 2] > 0 ? 1 : 0; }"
                    + "return s + ' ' + n;");
  }

  @Test
  void withoutScriptsPicturesAndLinksAreThere() {
    ChromeDriver page = open("index.html", false);
    assertEquals(0, page.findElements(By.cssSelector(".live")).size());
    assertTrue(page.findElement(By.cssSelector("#boxes img")).isDisplayed());
    page.findElement(By.cssSelector(".findings a")).click();
    assertEquals("c2", page.findElement(By.tagName("h1")).getText());
    assertFalse(page.findElement(By.id("viewer")).isDisplayed());
    List<WebElement> strips = page.findElements(By.cssSelector("img.strip"));
    assertEquals(3, strips.size(), "the reference and two models");
    assertEquals(
        List.of(true, true, true),
        Stream.of(0, 1, 2).map(i -> strips.get(i).isDisplayed()).toList());
    page.findElement(By.linkText("Next case")).click();
    page.findElement(By.linkText("Report")).click();
    assertTrue(page.getCurrentUrl().endsWith("/index.html"), page.getCurrentUrl());
  }

  @Test
  void aPhoneScrollsNothingSideways() {
    ChromeDriver page = open("index.html", true, "--window-size=400,800");
    Long width =
        (Long)
            ((JavascriptExecutor) page)
                .executeScript("return document.documentElement.scrollWidth - window.innerWidth");
    assertTrue(width <= 0, width + " pixels too wide");
  }
}
