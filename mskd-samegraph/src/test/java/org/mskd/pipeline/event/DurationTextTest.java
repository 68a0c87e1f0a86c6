package org.mskd.pipeline.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "3, 1 s",
    "59000, 59 s",
    "59600, 1 min 0 s",
    "125000, 2 min 5 s",
    "3599000, 59 min 59 s",
    "3900000, 1 h 5 min"
  })
  void durationsAreRoundedToWhatMatters(long milliseconds, String expected) {
    assertEquals(expected, DurationText.of(Duration.ofMillis(milliseconds)));
  }
}
