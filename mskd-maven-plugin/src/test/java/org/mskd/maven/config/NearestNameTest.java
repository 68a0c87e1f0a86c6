package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  @Test
  void countsEditsAsLevenshteinDoes() {
    assertEquals(3, NearestName.edits("kitten", "sitting"));
    assertEquals(0, NearestName.edits("SliceSize", "slicesize"));
    assertEquals(5, NearestName.edits("", "depth"));
    assertEquals(2, NearestName.edits("epohcs", "epochs"));
  }

  @Test
  void suggestsTheNearestAndNothingForOtherNames() {
    List<String> allowed = List.of("epochs", "depth", "batchSize");
    assertEquals(Optional.of("epochs"), NearestName.of("epoch", allowed));
    assertEquals(Optional.of("batchSize"), NearestName.of("batch_size", allowed));
    assertEquals(Optional.empty(), NearestName.of("optimizer", allowed));
  }
}
