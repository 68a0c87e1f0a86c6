package org.mskd.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mskd.evaluation.CaseScores;
import org.mskd.evaluation.Metrics;
import org.mskd.evaluation.ModelCost;
import org.mskd.evaluation.ModelScore;

class LockDifferencesTest {
  private static LockedSet set(String... files) {
    TreeMap<String, LockedCase> cases = new TreeMap<>();
    for (String file : files) {
      cases.put(
          "key of " + file,
          new LockedCase(new TreeMap<>(Map.of("image.nii", file)), Optional.empty()));
    }
    return LockedSet.of(cases);
  }

  private static List<String> data(Map<String, LockedSet> locked, Map<String, LockedSet> now) {
    return DataDifferences.between(locked, now).stream().map(LockDifference::text).toList();
  }

  @Test
  void valuesAreComparedByName() {
    assertEquals(
        List.of(
            "a.gone: 1 in the lock, nothing now",
            "a.new: nothing in the lock, 2 now",
            "a.other: 012345678901... in the lock, 3 now"),
        LockDifference.between(
                "a.",
                Map.of("gone", "1", "same", "x", "other", "0123456789".repeat(6) + "0123"),
                Map.of("new", "2", "same", "x", "other", "3"))
            .stream()
            .map(LockDifference::text)
            .toList());
  }

  /** Cases are known by their files, whatever they are called. */
  @Test
  void dataAreComparedByTheirFiles() {
    LockedSet renamed =
        LockedSet.of(
            new TreeMap<>(
                Map.of(
                    "x",
                    new LockedCase(
                        new TreeMap<>(Map.of("image.nii", "1")), Optional.of("patient")))));
    assertEquals(List.of(), data(Map.of("liver", set("1")), Map.of("liver", renamed)));
    assertEquals(
        List.of("data.liver, case key of 2: [image.nii] in the lock, no file now"),
        data(Map.of("liver", set("1", "2")), Map.of("liver", set("1", "3"))));
    assertEquals(
        List.of("data.liver: 1 cases in the lock, 2 cases now"),
        data(Map.of("liver", set("1")), Map.of("liver", set("1", "2"))));
    assertEquals(
        List.of("data.spleen: 1 cases in the lock, no such set now"),
        data(Map.of("spleen", set("1")), Map.of()));
  }

  /** A case with a changed image still has its label. */
  @Test
  void theChangedFileOfACaseIsNamed() {
    LockedCase before =
        new LockedCase(
            new TreeMap<>(Map.of("image.nii", "1", "label.nii", "2")), Optional.of("patient"));
    LockedCase after =
        new LockedCase(new TreeMap<>(Map.of("image.nii", "3", "label.nii", "2")), Optional.empty());
    assertEquals(
        List.of("data.liver, case patient, image.nii: 1 in the lock, 3 now"),
        data(
            Map.of("liver", LockedSet.of(new TreeMap<>(Map.of("k", before)))),
            Map.of("liver", LockedSet.of(new TreeMap<>(Map.of("x", after))))));
  }

  private static ExperimentLock lock(String threads, String model, double dice) {
    ModelScore score =
        ModelScore.of(
            "mskd",
            new ModelCost(1, 1, 10),
            List.of(CaseScores.found("a", "liver", dice, 3, 1), CaseScores.absent("a", "spleen")),
            1);
    return new ExperimentLock(
        new TreeMap<>(),
        new LockedEnvironment(
            new TreeMap<>(), new TreeMap<>(), new TreeMap<>(Map.of("threads", threads))),
        Optional.of(new Metrics("t", 2, List.of(score))),
        new TreeMap<>(),
        new TreeMap<>(
            Map.of(
                "student/mskd",
                new LockedStage(
                    "c",
                    new TreeMap<>(),
                    new TreeMap<>(
                        Map.of("methods/mskd/model.mskd", new LockedOutput(1, model)))))));
  }

  @Test
  void inTheSameEnvironmentEveryByteCounts() {
    assertTrue(ReproductionVerdict.of(lock("2", "m", .8), lock("2", "m", .8), 0).holds());
    ReproductionVerdict other = ReproductionVerdict.of(lock("2", "m", .8), lock("2", "n", .8), 1);
    assertFalse(other.holds());
    assertTrue(
        other.text().endsWith("\n  methods/mskd/model.mskd: m in the lock, n now"), other.text());
  }

  @Test
  void inAnotherEnvironmentDiceMayDiffer() {
    ReproductionVerdict close =
        ReproductionVerdict.of(lock("2", "m", .8), lock("1", "n", .84), .0401);
    assertTrue(close.holds());
    assertEquals(List.of("Another environment: threads: 2 in the lock, 1 now."), close.notes());
    assertTrue(close.text().contains("1 files have other bytes"), close.text());
    ReproductionVerdict far =
        ReproductionVerdict.of(lock("2", "m", .8), lock("1", "n", .84), .0399);
    assertFalse(far.holds());
    assertTrue(
        far.text().endsWith("\n  mean Dice, mskd: 0.8000 in the lock, 0.8400 now"), far.text());
    assertEquals(
        "Beyond the tolerance: Dice of liver, mskd: 0.8000 in the lock, 0.8400 now.",
        far.notes().get(1));
    // The organ that no case has is undefined in both.
    assertTrue(ReproductionVerdict.of(lock("2", "m", .8), lock("1", "m", .8), 0).holds());
  }

  @Test
  void aMissingScoreIsNotClose() {
    ExperimentLock now = lock("1", "m", .8);
    ExperimentLock without =
        new ExperimentLock(
            now.data(), now.environment(), Optional.empty(), now.parameters(), now.stages());
    assertFalse(ReproductionVerdict.of(lock("2", "m", .8), without, 1).holds());
  }
}
