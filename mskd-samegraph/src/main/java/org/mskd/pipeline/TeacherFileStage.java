package org.mskd.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.PreparedSubject;
import org.mskd.dataset.SliceStore;
import org.mskd.file.AtomicFile;
import org.mskd.file.Sha256;
import org.mskd.model.Model;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.problem.BadInputException;

/**
 * Makes a given file the teacher of its organ: checks it and copies it to where a trained teacher
 * would lie. The file itself is only read, and only once: what is checked is the copy.
 */
final class TeacherFileStage implements Stage {
  private final StageContext context;
  private final String organ;
  private final Path file;
  private String digest;

  TeacherFileStage(StageContext context, String organ, Path file) {
    this.context = context;
    this.organ = organ;
    this.file = file;
  }

  @Override
  public String name() {
    return "teacher " + organ + " (given)";
  }

  /** That of a trained teacher: an organ has one or the other. */
  @Override
  public String id() {
    return TeacherStage.idFor(organ);
  }

  @Override
  public int steps() {
    return 1;
  }

  @Override
  public SortedMap<String, String> inputs() {
    SortedMap<String, String> inputs = context.codeInputs();
    inputs.put("given", digest());
    if (context.experiment().testSet().isPresent()) {
      inputs.put("prepared.test", context.outputsOf(PrepareTestStage.ID));
    }
    return inputs;
  }

  @Override
  public List<Path> outputs() {
    return List.of(context.folders().teacher(organ));
  }

  @Override
  public boolean startsEmpty() {
    return true;
  }

  @Override
  public void run(StageProgress progress) {
    Path copy = ExperimentFolders.modelIn(context.folders().teacher(organ));
    String expected = digest();
    AtomicFile.write(copy, out -> Files.copy(file, out));
    try {
      check(copy, expected);
    } catch (RuntimeException e) {
      delete(copy, e);
      throw e;
    }
    progress.step(1);
  }

  /** The same for the stage's stamp and for what is copied, whatever happens to the file. */
  private String digest() {
    if (digest == null) {
      digest = context.digests().of(file);
    }
    return digest;
  }

  private void check(Path copy, String expected) {
    if (!Sha256.of(copy).equals(expected)) {
      throw new BadInputException(
          file + ", the teacher of " + organ + ", changed while it was copied.",
          "Wait until it is complete, then run the same goal again.");
    }
    Model model = new GivenTeachers(context.experiment()).read(organ, file, copy);
    if (context.experiment().testSet().isPresent()) {
      requireUnseen(model);
    }
  }

  private static void delete(Path copy, RuntimeException cause) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** What a teacher saw in its own training says nothing in a test. */
  private void requireUnseen(Model model) {
    Set<Object> seen =
        model.card().subjects().stream()
            .map(subject -> subject.getOrDefault("voxelDigest", ""))
            .collect(Collectors.toSet());
    Path test = context.folders().prepared(PreparedSet.TEST);
    for (Path store : PreparedSet.read(test).stores()) {
      PreparedSubject subject = SliceStore.subject(store);
      if (seen.contains(subject.voxelDigest())) {
        throw new BadInputException(
            file
                + ", the teacher of "
                + organ
                + ", was trained on "
                + subject.image()
                + " of the test set: their voxels are equal.",
            "Take the scan out of the test set, or give a teacher that never saw it.");
      }
    }
  }
}
