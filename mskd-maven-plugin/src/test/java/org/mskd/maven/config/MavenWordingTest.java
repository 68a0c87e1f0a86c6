package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.pipeline.event.Event;
import org.mskd.problem.BadInputException;

class MavenWordingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Raise <maxHeap> (<maxHeap=4g>).       | Raise <maxHeap> (-Dmskd.maxHeap=4g).
          Set <a=1> or <b=x,y>, not <c>.        | Set -Dmskd.a=1 or -Dmskd.b=x,y, not <c>.
          Name a new folder (<folder=...>).     | Name a new folder (-Dmskd.folder=...).
          <sliceSize> 512 x < 3 and y=4> holds. | <sliceSize> 512 x < 3 and y=4> holds.
          Write <baseChannels>8</baseChannels>. | Write <baseChannels>8</baseChannels>.
          <directory=C:\\$1>                    | -Dmskd.directory=C:\\$1
          """)
  void aParameterWithAValueIsAProperty(String text, String worded) {
    assertEquals(worded, MavenWording.of(text));
  }

  @Test
  void textsOfEventsAreWorded() {
    assertEquals(new Event.Message("-Dmskd.a=1"), MavenWording.of(new Event.Message("<a=1>")));
    assertEquals(new Event.Warning("-Dmskd.a=1"), MavenWording.of(new Event.Warning("<a=1>")));
    assertEquals(
        new Event.Failed("-Dmskd.a=1", "-Dmskd.b=2"),
        MavenWording.of(new Event.Failed("<a=1>", "<b=2>")));
    Event other = new Event.StageSkipped("<a=1>");
    assertSame(other, MavenWording.of(other));
  }

  @Test
  void anErrorKeepsItsPlaceAndItsCause() {
    IOException cause = new IOException("disk");
    BadInputException error = new BadInputException("Bad.", "Set <a=1>.", cause);
    BadInputException worded = MavenWording.of(error);
    assertEquals("Bad. Set -Dmskd.a=1.", worded.getMessage());
    assertSame(cause, worded.getCause());
    assertEquals(error.getStackTrace()[0], worded.getStackTrace()[0]);
  }
}
