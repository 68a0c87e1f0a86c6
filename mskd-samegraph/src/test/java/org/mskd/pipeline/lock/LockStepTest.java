package org.mskd.pipeline.lock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.file.Sha256;
import org.mskd.lock.ExperimentLock;
import org.mskd.lock.LockDifference;
import org.mskd.lock.LockFile;
import org.mskd.lock.LockedCase;
import org.mskd.lock.LockedSet;
import org.mskd.lock.LockedStage;
import org.mskd.pipeline.StageRuns;
import org.mskd.pipeline.TinyExperiment;
import org.mskd.pipeline.plan.ExperimentPlan;
import org.mskd.pipeline.request.Goal;
import org.mskd.pipeline.request.RunOptions;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.FileDigests;

class LockStepTest {
  @TempDir private static Path root;

  private static WorkerRequest request(String folder) {
    TinyExperiment experiment =
        new TinyExperiment(root.resolve(folder), List.of("liver", "spleen"));
    return experiment.request(Goal.RUN, root.resolve(folder).resolve("out"), 1);
  }

  @BeforeAll
  static void runTwice() throws IOException {
    StageRuns.locked(request("one"));
    StageRuns.locked(request("two"));
  }

  private static Path lock(WorkerRequest request) {
    return LockStep.fileIn(request.outputDirectory());
  }

  private static LockStep step(WorkerRequest request) {
    return new LockStep(request, new FileDigests());
  }

  private static WorkerRequest changed(
      WorkerRequest given, Experiment experiment, RunOptions options) {
    return given.withExperiment(experiment).withOptions(options);
  }

  @Test
  void twoFoldersHaveTheSameBytes() throws IOException {
    assertEquals(Files.readString(lock(request("one"))), Files.readString(lock(request("two"))));
  }

  @Test
  void holdsAllStagesDataAndScoresButNoNamesAndPaths() throws IOException {
    String text = Files.readString(lock(request("one")));
    ExperimentLock lock = LockFile.read(lock(request("one")));
    assertEquals(
        ExperimentPlan.of(request("one")).stages().stream()
            .map(stage -> stage.id())
            .sorted()
            .toList(),
        List.copyOf(lock.stages().keySet()));
    assertEquals(List.of("liver", "spleen", "test"), List.copyOf(lock.data().keySet()));
    assertEquals("6", lock.parameters().get("training.iterationsPerEpoch"));
    assertEquals("1", lock.environment().tensors().get("threads"));
    assertEquals(System.getProperty("os.name"), lock.environment().machine().get("os.name"));
    // Phantoms are named by the program, so their names are no names of patients.
    TreeMap<String, LockedStage> stages = new TreeMap<>(lock.stages());
    stages.remove("phantoms");
    String rest =
        LockFile.text(
            new ExperimentLock(
                lock.data(), lock.environment(), lock.metrics(), lock.parameters(), stages));
    for (String name : List.of("liver-001", "test-001", "spleen-001", root.toString())) {
      assertFalse(rest.contains(name), name);
    }
    assertFalse(text.contains(root.toString()));
    String key = lock.data().get("test").cases().firstKey();
    assertEquals(key, lock.metrics().orElseThrow().models().get(0).cases().get(0).id());
    assertTrue(
        lock.stages()
            .get("evaluate/mskd")
            .outputs()
            .containsKey("predictions/mskd/" + key + ".nii.gz"));
    Path image = root.resolve("one/drawn/multi-organ-test/imagesTs/test-001.nii.gz");
    assertEquals(
        Sha256.of(image), lock.data().get("test").cases().get(key).files().get("image.nii.gz"));
    assertEquals(
        Sha256.of(request("one").outputDirectory().resolve("methods/mskd/model.mskd")),
        lock.stages().get("student/mskd").outputs().get("methods/mskd/model.mskd").sha256());
  }

  @Test
  void comesBackWithTheSameBytes() throws IOException {
    WorkerRequest request = request("two");
    byte[] before = Files.readAllBytes(lock(request));
    assertTrue(step(request).isCurrent());
    assertTrue(step(request.withGoal(Goal.PREPARE)).isCurrent(), "whatever the goal is");
    Files.delete(lock(request));
    assertFalse(step(request).isCurrent());
    step(request.withGoal(Goal.TRAIN_TEACHERS)).write();
    assertArrayEquals(before, Files.readAllBytes(lock(request)));
    Files.writeString(lock(request), "damaged");
    assertFalse(step(request).isCurrent());
    step(request).write();
    assertArrayEquals(before, Files.readAllBytes(lock(request)));
  }

  @Test
  void holdsOnlyWhatIsUpToDate() {
    WorkerRequest request = request("one");
    Experiment experiment = request.experiment().orElseThrow();
    Experiment other = experiment.toBuilder().seed(7).build();
    WorkerRequest changed = changed(request, other, request.options());
    assertFalse(step(changed).isCurrent());
    Path lock = lock(request);
    ExperimentLock before = LockFile.read(lock);
    step(changed).write();
    ExperimentLock after = LockFile.read(lock);
    LockFile.write(lock, before);
    assertTrue(after.stages().containsKey("prepare/liver"));
    assertFalse(after.stages().containsKey("teacher/liver"));
    assertTrue(after.metrics().isEmpty());
    assertEquals("7", after.parameters().get("seed"));
  }

  @Test
  void namesAndJarsAreThereWhereGiven() throws IOException {
    WorkerRequest request = request("two");
    Path jar = root.resolve("a.jar");
    Files.writeString(jar, "jar");
    WorkerRequest named =
        changed(request, request.experiment().orElseThrow(), RunOptions.DEFAULT.namingCases(true))
            .withJars(new TreeMap<>(Map.of("g:a:1", jar, "g:b:1", root)));
    Files.delete(lock(request));
    step(named).write();
    ExperimentLock lock = LockFile.read(lock(request));
    assertEquals(
        Optional.of("test-001"), lock.data().get("test").cases().values().iterator().next().name());
    assertEquals(
        Map.of("g:a:1", Sha256.of(jar), "g:b:1", "folder of classes"),
        lock.environment().classPath());
    Files.delete(lock(request));
    step(request).write();
  }

  @Test
  void goalsWithoutAnExperimentHaveNone() {
    WorkerRequest request = request("three").withGoal(Goal.CHECK_DATA);
    step(request).write();
    assertFalse(Files.exists(lock(request)));
    assertTrue(step(request).isCurrent());
  }

  private static List<String> texts(List<LockDifference> differences) {
    return differences.stream().map(LockDifference::text).toList();
  }

  /** The experiment of another folder, which has not run yet and differs in paths only. */
  @Test
  void theSameExperimentElsewhereIsThatOfTheLock() throws IOException {
    ExperimentLock lock = LockFile.read(lock(request("one")));
    LockedExperiment declared = new LockedExperiment(lock, request("fresh"));
    assertEquals(List.of(), texts(declared.ofDeclaration()));
    assertEquals(List.of(), declared.missingStages());
    assertTrue(declared.drawsPhantoms());
    assertEquals(List.of(), texts(new LockedExperiment(lock, request("two")).ofData()));
  }

  @Test
  void anotherExperimentIsListedFieldByField() throws IOException {
    ExperimentLock lock = LockFile.read(lock(request("one")));
    WorkerRequest request = request("two");
    Experiment other =
        request.experiment().orElseThrow().toBuilder()
            .seed(7)
            .network(new Network(8, 2, Normalization.INSTANCE))
            .build();
    List<String> differences =
        texts(new LockedExperiment(lock, request.withExperiment(other)).ofDeclaration());
    assertEquals(
        List.of("network.baseChannels: 4 in the lock, 8 now", "seed: 1 in the lock, 7 now"),
        differences);
    TreeMap<String, LockedStage> stages = new TreeMap<>(lock.stages());
    LockedStage teacher = stages.get("teacher/liver");
    stages.put(
        "teacher/liver", new LockedStage("f".repeat(64), teacher.inputs(), teacher.outputs()));
    stages.remove("student/mskd");
    ExperimentLock changed =
        new ExperimentLock(
            lock.data(), lock.environment(), lock.metrics(), lock.parameters(), stages);
    LockedExperiment declared = new LockedExperiment(changed, request);
    assertEquals(List.of("student/mskd"), declared.missingStages());
    assertTrue(
        texts(declared.ofDeclaration()).stream()
            .anyMatch(
                text -> text.startsWith("code of teacher/liver: ffffffffffff... in the lock")));
  }

  @Test
  void aChangedImageIsNamedByItsCase() throws IOException {
    ExperimentLock lock = LockFile.read(lock(request("one")));
    LockedSet liver = lock.data().get("liver");
    TreeMap<String, LockedSet> data = new TreeMap<>(lock.data());
    LockedCase first = liver.cases().get(liver.cases().firstKey());
    TreeMap<String, String> files = new TreeMap<>(first.files());
    files.put("image.nii.gz", "0".repeat(64));
    TreeMap<String, LockedCase> cases = new TreeMap<>(liver.cases());
    cases.put(liver.cases().firstKey(), new LockedCase(files, first.name()));
    data.put("liver", LockedSet.of(cases));
    ExperimentLock changed =
        new ExperimentLock(
            data, lock.environment(), lock.metrics(), lock.parameters(), lock.stages());
    List<String> differences = texts(new LockedExperiment(changed, request("two")).ofData());
    assertEquals(1, differences.size());
    assertTrue(
        differences
            .get(0)
            .startsWith("data.liver, case " + liver.cases().firstKey().substring(0, 12)),
        differences.get(0));
  }
}
