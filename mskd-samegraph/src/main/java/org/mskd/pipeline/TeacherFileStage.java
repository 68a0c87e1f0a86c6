package org.mskd.pipeline;

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
import org.mskd.model.Model;
import org.mskd.problem.BadInputException;

/**
 * Makes a given file the teacher of its organ: checks it and copies it to where a trained teacher
 * would lie. The file itself is only read.
 */
final class TeacherFileStage implements Stage {
  private final StageContext context;
  private final String organ;
  private final Path file;

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
    inputs.put("given", context.digests().of(file));
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
    Model model = new GivenTeachers(context.experiment()).read(organ, file);
    if (context.experiment().testSet().isPresent()) {
      requireUnseen(model);
    }
    AtomicFile.write(
        ExperimentFolders.modelIn(context.folders().teacher(organ)), out -> Files.copy(file, out));
    progress.step(1);
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
