package org.mskd.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Preprocessing;
import org.mskd.problem.BadInputException;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;

class SubjectSplitTest {
  private static final Preprocessing SLICES = new Preprocessing(16, -125, 275, List.of());
  private static final SliceGeometry GEOMETRY =
      SliceGeometry.of(new Grid(16, 16, 4, Affine.scaling(1, 1, 5)), SLICES);

  @TempDir Path folder;

  private static PreparedSubject subject(String id, String voxels) {
    return new PreparedSubject(
        id,
        "imagesTr/" + id + ".nii",
        voxels,
        "RAS",
        List.of(16, 16, 4),
        List.of(1.0, 1.0, 5.0),
        SLICES,
        GEOMETRY,
        true,
        List.of());
  }

  private static List<PreparedSubject> subjects(String set, int count) {
    return IntStream.range(0, count).mapToObj(i -> subject("s" + i, set + i)).toList();
  }

  private static Split folds(long seed, List<PreparedSubject> subjects, int folds) {
    SubjectSplit split = new SubjectSplit(seed);
    split.addFolds("liver", subjects, folds);
    return split.split(folds);
  }

  @Test
  void eachSubjectIsInOneFoldAndSizesDifferByOneAtMost() {
    Split split = folds(1, subjects("a", 12), 5);
    Set<String> all = new TreeSet<>();
    for (int fold = 1; fold <= 5; fold++) {
      Set<String> own = split.heldOut(fold);
      assertTrue(own.size() == 2 || own.size() == 3, own.toString());
      own.forEach(voxels -> assertTrue(all.add(voxels), voxels));
    }
    assertEquals(12, all.size());
  }

  @Test
  void theLargerFoldsOfSetsAreNotTheSame() {
    SubjectSplit split = new SubjectSplit(1);
    for (String set : List.of("a", "b", "c", "d")) {
      split.addFolds(set, subjects(set, 3), 2);
    }
    assertEquals(6, split.split(2).heldOut(1).size());
    assertEquals(6, split.split(2).heldOut(2).size());
  }

  @Test
  void theSplitDependsOnSeedAndVoxelsNotOnNamesOrOrder() {
    List<PreparedSubject> subjects = new ArrayList<>(subjects("a", 20));
    Split split = folds(1, subjects, 4);
    Collections.reverse(subjects);
    List<PreparedSubject> renamed =
        subjects.stream().map(one -> subject("x" + one.id(), one.voxelDigest())).toList();
    for (int fold = 1; fold <= 4; fold++) {
      assertEquals(split.heldOut(fold), folds(1, renamed, 4).heldOut(fold));
    }
    assertNotEquals(split.heldOut(1), folds(2, subjects, 4).heldOut(1));
  }

  @Test
  void aScanOfTwoSetsIsAssignedOnce() {
    SubjectSplit split = new SubjectSplit(3);
    split.addFolds("liver", subjects("a", 4), 2);
    List<PreparedSubject> both = new ArrayList<>(subjects("a", 4));
    both.add(subject("new", "b"));
    split.addFolds("all", both, 2);
    Split made = split.split(2);
    assertEquals(5, made.subjects().size());
    assertEquals(
        5, new HashSet<>(made.subjects().stream().map(Split.HeldOut::voxelDigest).toList()).size());
    assertEquals("all", made.subjects().get(4).source());
  }

  @Test
  void aShareIsAtLeastOneSubject() {
    for (int[] expected : new int[][] {{2, 1}, {5, 1}, {8, 2}, {10, 2}, {13, 3}}) {
      SubjectSplit split = new SubjectSplit(1);
      split.addShare("liver", subjects("a", expected[0]), 0.2);
      assertEquals(expected[1], split.split(1).heldOut(1).size(), expected[0] + " subjects");
    }
  }

  @Test
  void namedSubjectsAreFoundByIdOrWithTheirSet() {
    SubjectSplit split = new SubjectSplit(1);
    List<String> names = List.of("s1", "spleen/s0", "kidney/s2");
    assertEquals(Set.of("s1"), split.addNamed("liver", subjects("a", 3), names));
    assertEquals(Set.of("s1", "spleen/s0"), split.addNamed("spleen", subjects("b", 3), names));
    assertEquals(Set.of("a1", "b0", "b1"), split.split(1).heldOut(1));
  }

  @Test
  void theFileKeepsTheSplit() throws IOException {
    Split split = folds(1, subjects("a", 6), 3);
    Path file = folder.resolve("split.json");
    split.write(file);
    assertEquals(split, Split.read(file));
    Files.writeString(file, Files.readString(file).replace("\"folds\": 3", "\"folds\": 2"));
    BadInputException e = assertThrows(BadInputException.class, () -> Split.read(file));
    assertTrue(e.problem().startsWith(file + " cannot be read"), e.problem());
    assertThrows(BadInputException.class, () -> Split.read(folder.resolve("none.json")));
  }
}
