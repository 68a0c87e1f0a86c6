package org.mskd.dataset.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Phantoms;

class DrawnFilesTest {
  @TempDir private Path temp;

  private static void assertDrawn(boolean expected, Phantoms phantoms, String path) {
    Path file = phantoms.phantomDirectory().resolve(path);
    assertEquals(expected, DrawnFiles.of(phantoms).contains(file), path);
  }

  @Test
  void theDeclaredVolumesAreAndNothingElse() {
    Phantoms declared = Drawn.phantoms(temp.resolve("a"), 1, 2, "liver");
    assertDrawn(true, declared, "liver/imagesTr/liver-001.nii.gz");
    assertDrawn(true, declared, "liver/labelsTr/liver-002.nii.gz");
    assertDrawn(true, declared, "multi-organ-test/labelsTs/test-001.nii.gz");
    assertDrawn(true, declared, "liver/../liver/imagesTr/liver-001.nii.gz");
    assertDrawn(false, declared, "liver/imagesTr/liver-003.nii.gz");
    assertDrawn(false, declared, "spleen/imagesTr/spleen-001.nii.gz");
    assertDrawn(false, declared, "liver/imagesTr/patient.nii.gz");
    assertDrawn(false, declared, "liver-001.nii.gz");
    assertDrawn(false, declared, "phantoms.json");
    assertDrawn(false, declared, "liver");
    assertDrawn(false, declared, "");
    assertDrawn(false, declared, "../b/liver/imagesTr/liver-001.nii.gz");
  }

  @Test
  void theRecordedVolumesAreToo() throws IOException {
    Phantoms declared = Drawn.phantoms(temp, 1, 1, "liver");
    PhantomMaker.make(Drawn.phantoms(temp, 1, 1, "spleen"), Drawn.QUIET);
    assertDrawn(true, declared, "spleen/imagesTr/spleen-001.nii.gz");
    assertDrawn(true, declared, "liver/imagesTr/liver-001.nii.gz");
    assertDrawn(false, declared, "spleen/imagesTr/spleen-002.nii.gz");
    Files.writeString(temp.resolve("phantoms.json"), "mine");
    assertDrawn(false, declared, "spleen/imagesTr/spleen-001.nii.gz");
  }

  @Test
  void aLinkToTheFolderCounts(@TempDir Path elsewhere) throws IOException {
    Phantoms declared = Drawn.phantoms(temp.resolve("a"), 1, 1, "liver");
    PhantomMaker.make(declared, Drawn.QUIET);
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), temp.resolve("a"));
    assertTrue(DrawnFiles.of(declared).contains(link.resolve("liver/imagesTr/liver-001.nii.gz")));
    assertFalse(DrawnFiles.of(declared).contains(link.resolve("phantoms.json")));
    assertTrue(
        DrawnFiles.of(Drawn.in(link, declared))
            .contains(temp.resolve("a/liver/imagesTr/liver-001.nii.gz")));
  }
}
