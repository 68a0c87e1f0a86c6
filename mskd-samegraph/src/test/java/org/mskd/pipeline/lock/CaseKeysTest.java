package org.mskd.pipeline.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mskd.lock.LockedCase;
import org.mskd.lock.LockedSet;

class CaseKeysTest {
  private static final CaseKeys CASES =
      new CaseKeys(new TreeMap<>(Map.of("liver_1", "aa", "liver_10", "bb", "liver_1.2", "cc")));

  @Test
  void theLongestNameIsMeant() {
    assertEquals("prepared/liver/aa.slices", CASES.withoutName("prepared/liver/liver_1.slices"));
    assertEquals("bb_0000.nii.gz", CASES.withoutName("liver_10_0000.nii.gz"));
    assertEquals("cc.nii", CASES.withoutName("liver_1.2.nii"));
    assertEquals(
        "aa.2", new CaseKeys(new TreeMap<>(Map.of("liver_1", "aa"))).withoutName("liver_1.2"));
  }

  @Test
  void otherFilesKeepTheirNames() {
    assertEquals("prepared/liver_1/set.json", CASES.withoutName("prepared/liver_1/set.json"));
    assertEquals("liver_100.nii", CASES.withoutName("liver_100.nii"));
    assertEquals("liver_1", CASES.withoutName("liver_1"));
  }

  @Test
  void filesAreGroupedByCase() {
    LockedFiles files = new LockedFiles(CASES, false);
    files.add("image liver_10_0000.hdr", "1");
    files.add("image liver_10_0000.img", "2");
    files.add("label liver_10.nii.gz", "3");
    files.add("image stranger.nii.gz", "4");
    assertEquals(
        LockedSet.of(
            new TreeMap<>(
                Map.of(
                    "bb",
                    new LockedCase(
                        new TreeMap<>(
                            Map.of(
                                "image_0000.hdr", "1", "image_0000.img", "2", "label.nii.gz", "3")),
                        Optional.empty()),
                    "4",
                    new LockedCase(new TreeMap<>(Map.of("image.nii.gz", "4")), Optional.empty())))),
        files.set());
  }

  @Test
  void namesAreThereWhereAskedFor() {
    LockedFiles files = new LockedFiles(CASES, true);
    files.add("image liver_1.nii.gz", "1");
    assertEquals(Optional.of("liver_1"), files.set().cases().get("aa").name());
  }
}
