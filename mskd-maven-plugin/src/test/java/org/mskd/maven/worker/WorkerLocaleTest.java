package org.mskd.maven.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerLocaleTest {
  @ParameterizedTest
  @ValueSource(strings = {"ANSI_X3.4-1968", "US-ASCII", "646"})
  void asciiBecomesUtf8(String encoding) {
    WorkerLocale locale = WorkerLocale.of(encoding, "Linux");
    assertEquals(new WorkerLocale(StandardCharsets.UTF_8, true), locale);
    assertEquals(Map.of("LC_ALL", "C.UTF-8"), locale.environment());
  }

  @Test
  void otherEncodingsAreKept() {
    assertEquals(
        new WorkerLocale(StandardCharsets.UTF_8, false), WorkerLocale.of("UTF-8", "Linux"));
    // A path with an umlaut has other bytes there than in UTF-8.
    assertEquals(
        new WorkerLocale(StandardCharsets.ISO_8859_1, false),
        WorkerLocale.of("ISO-8859-1", "Linux"));
    assertFalse(WorkerLocale.of("US-ASCII", "Windows 11").replaced());
  }
}
