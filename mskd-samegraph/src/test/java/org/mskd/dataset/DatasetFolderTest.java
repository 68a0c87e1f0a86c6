package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.problem.BadInputException;

class DatasetFolderTest {
  @TempDir Path folder;

  private void put(String... files) throws IOException {
    for (String file : files) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "");
    }
  }

  private BadInputException refused() {
    return assertThrows(BadInputException.class, () -> DatasetFolder.training(folder));
  }

  @Test
  void findsEveryLayoutSortedById() throws IOException {
    put("imagesTr/b_0000.nii.gz", "labelsTr/b.nii.gz", "imagesTr/a.nii", "labelsTr/a.NII.GZ");
    put("imagesTr/c.hdr", "imagesTr/c.img", "labelsTr/c.nii.gz", "dataset.json");
    put("imagesTr/.hidden.nii.gz", "labelsTr/._a.nii.gz", "imagesTr/readme.txt");
    put("imagesTr/case_0000.nii.gz", "labelsTr/case_0000.nii.gz", "imagesTs/z.nii.gz");
    List<Subject> subjects = DatasetFolder.training(folder);
    assertEquals(List.of("a", "b", "c", "case_0000"), subjects.stream().map(Subject::id).toList());
    assertEquals(folder.resolve("imagesTr/b_0000.nii.gz"), subjects.get(1).image());
    assertEquals(Optional.of(folder.resolve("labelsTr/a.NII.GZ")), subjects.get(0).label());
  }

  @Test
  void testSetLiesInFoldersOfItsOwn() throws IOException {
    put("imagesTr/a.nii", "labelsTr/a.nii", "imagesTs/t.nii", "labelsTs/t.nii");
    assertEquals("t", DatasetFolder.test(folder).get(0).id());
  }

  @Test
  void imagesWithoutLabelsLieInTheFolderItself() throws IOException {
    put("b_0000.nii.gz", "a.nii", "c.hdr", "c.img", ".hidden.nii", "labelsTr/a.nii", "notes.txt");
    put("d_0001.nii", "_0000.nii");
    List<Subject> images = DatasetFolder.images(folder);
    assertEquals(
        List.of("_0000", "a", "b", "c", "d_0001"), images.stream().map(Subject::id).toList());
    assertEquals(
        new Subject("b", folder.resolve("b_0000.nii.gz"), Optional.empty()), images.get(2));
  }

  @Test
  void imagesWithoutLabelsLieInImagesTrWhereThereIsOne() throws IOException {
    put("outside.nii", "imagesTr/x_0000.nii", "labelsTr/y.nii", "imagesTs/z.nii");
    assertEquals(
        List.of(new Subject("x", folder.resolve("imagesTr/x_0000.nii"), Optional.empty())),
        DatasetFolder.images(folder));
    put("imagesTr/x.nii.gz");
    BadInputException twice =
        assertThrows(BadInputException.class, () -> DatasetFolder.images(folder));
    assertTrue(twice.problem().endsWith("are both of subject x."), twice.problem());
  }

  @Test
  void furtherChannelsAreNoSubjects() throws IOException {
    put("loose/a_0000.nii.gz", "loose/a_0001.nii.gz", "loose/b_0001.nii.gz");
    Path loose = folder.resolve("loose");
    BadInputException e = assertThrows(BadInputException.class, () -> DatasetFolder.images(loose));
    assertEquals(
        loose.resolve("a_0001.nii.gz")
            + " is a further channel of "
            + loose.resolve("a_0000.nii.gz")
            + "; CT has one.",
        e.problem());
    Files.delete(loose.resolve("a_0001.nii.gz"));
    assertEquals(
        List.of("a", "b_0001"), DatasetFolder.images(loose).stream().map(Subject::id).toList());
  }

  @Test
  void aFolderWithoutImagesIsNamed() throws IOException {
    put("notes.txt", "imagesTs/z.nii");
    BadInputException none =
        assertThrows(BadInputException.class, () -> DatasetFolder.images(folder));
    assertEquals(folder + " holds no NIfTI file.", none.problem());
    Path missing = folder.resolve("nowhere");
    BadInputException e =
        assertThrows(BadInputException.class, () -> DatasetFolder.images(missing));
    assertTrue(e.problem().startsWith(missing + " is missing"), e.problem());
  }

  @Test
  void missingFolderIsNamed() throws IOException {
    Path missing = folder.resolve("nowhere");
    BadInputException e =
        assertThrows(BadInputException.class, () -> DatasetFolder.training(missing));
    assertTrue(e.problem().startsWith(missing + " is missing"), e.problem());
    put("imagesTr/a.nii");
    assertTrue(
        refused().problem().startsWith(folder.resolve("labelsTr") + " is missing"),
        refused().problem());
    put("labelsTr/a.nii");
    assertEquals(1, DatasetFolder.training(folder).size());
    put("file");
    BadInputException file =
        assertThrows(BadInputException.class, () -> DatasetFolder.training(folder.resolve("file")));
    assertTrue(file.problem().contains("is a file"), file.problem());
  }

  @Test
  void emptyFolderIsNamed() throws IOException {
    put("imagesTr/notes.txt", "labelsTr/a.nii");
    assertEquals(folder.resolve("imagesTr") + " holds no NIfTI file.", refused().problem());
  }

  @Test
  void imageWithoutLabelIsNamed() throws IOException {
    put("imagesTr/a.nii", "imagesTr/b.nii", "labelsTr/a.nii");
    assertTrue(
        refused().problem().startsWith(folder.resolve("imagesTr/b.nii") + " has no label"),
        refused().problem());
  }

  @Test
  void labelWithoutImageIsNamed() throws IOException {
    put("imagesTr/a.nii", "labelsTr/a.nii", "labelsTr/c.nii.gz");
    assertTrue(
        refused().problem().startsWith(folder.resolve("labelsTr/c.nii.gz") + " has no image"),
        refused().problem());
  }

  @Test
  void twoFilesOfOneSubjectAreNamed() throws IOException {
    put("imagesTr/a.nii", "imagesTr/a_0000.nii.gz", "labelsTr/a.nii");
    assertTrue(refused().problem().endsWith("are both of subject a."), refused().problem());
    Files.delete(folder.resolve("imagesTr/a_0000.nii.gz"));
    put("labelsTr/a.nii.gz");
    assertEquals(
        folder.resolve("labelsTr/a.nii")
            + " and "
            + folder.resolve("labelsTr/a.nii.gz")
            + " are both of subject a.",
        refused().problem());
  }
}
