package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mskd.code.ResultNeutral;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.PreparedSubject;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.Split;
import org.mskd.dataset.SubjectSplit;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.InitialModel;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.TeacherFile;
import org.mskd.experiment.Validation;
import org.mskd.file.Sha256;
import org.mskd.model.ModelArchive;
import org.mskd.pipeline.request.ExperimentFolders;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.stage.Input;
import org.mskd.pipeline.stage.Stage;
import org.mskd.pipeline.stage.StageProgress;
import org.mskd.pipeline.stage.StageSpec;
import org.mskd.pipeline.stage.StageWork;
import org.mskd.problem.BadInputException;

/**
 * Assigns the subjects of the labelled data sets to the folds in which they are held out: {@code
 * split/USE/split.json}. Unlabelled sources are not split; their scans are held out where a
 * labelled set has them too.
 */
public final class SplitStage implements Stage {
  /** Which scores are too high if a teacher has seen a held-out subject, for messages. */
  private static final String OF_TEACHER = "its scores, and those of its students,";

  private final StageContext context;
  private final SplitUse use;
  private final Validation validation;

  /**
   * @param context outside of replicates and folds, which share the split
   */
  public SplitStage(StageContext context, SplitUse use) {
    this.context = context;
    this.use = use;
    this.validation = context.experiment().validation();
  }

  static String idFor(SplitUse use) {
    return StageKind.SPLIT.id() + "/" + use.folder();
  }

  @Override
  public String name() {
    return "split " + use.folder();
  }

  @Override
  public String id() {
    return idFor(use);
  }

  @Override
  public int steps() {
    return sources().size();
  }

  /** The labelled data sets in their order. */
  private List<String> sources() {
    return Stream.concat(
            context.experiment().datasets().stream().map(DatasetSource::organ),
            context.experiment().multiOrgan().stream().map(MultiOrganSource::name))
        .toList();
  }

  @Override
  public StageSpec spec() {
    StageSpec spec =
        context
            .spec(id(), StageKind.SPLIT, getClass())
            .with("sources", sources().toString()) // their order is that of the split
            .with("seed", Long.toString(context.experiment().seed()));
    for (String source : sources()) {
      spec = spec.withOutput("prepared." + source, PrepareStage.idFor(source));
    }
    for (TeacherFile teacher : context.experiment().teachers()) {
      spec = spec.withOutput("teacher." + teacher.organ(), context.teacherId(teacher.organ()));
    }
    for (InitialModel initial : context.experiment().initialModels()) {
      spec = spec.with("initialModel." + initial.name(), new Input.UserFile(initial.model()));
    }
    return use == SplitUse.FOLDS
        ? spec.with("folds", Integer.toString(validation.folds()))
        : spec.with("share", Double.toString(validation.share()))
            .with("subjects", Sha256.of(validation.subjects().toString())); // names of patients
  }

  @Override
  public List<Path> outputs() {
    return List.of(context.folders().split(use.folder()));
  }

  @Override
  public void run(StageWork work) {
    SubjectSplit split = new SubjectSplit(context.experiment().seed());
    Set<String> found = new TreeSet<>();
    int step = 0;
    for (String source : sources()) {
      found.addAll(add(split, source));
      work.progress().step(++step);
    }
    requireFound(found);
    Split made = split.split(use == SplitUse.FOLDS ? validation.folds() : 1);
    checkLeft(made, work.progress());
    warnOfGivenModels(made, work.progress());
    Path folder = context.folders().in(work.folder()).split(use.folder());
    made.write(ExperimentFolders.splitIn(folder));
  }

  /** Returns the declared subjects that the set has. */
  private Set<String> add(SubjectSplit split, String source) {
    List<PreparedSubject> subjects = prepared(source);
    if (use == SplitUse.FOLDS) {
      split.addFolds(source, subjects, validation.folds());
    } else if (validation.share() > 0) {
      split.addShare(source, subjects, validation.share());
    } else {
      return split.addNamed(source, subjects, validation.subjects());
    }
    return Set.of();
  }

  private List<PreparedSubject> prepared(String source) {
    return PreparedSet.read(context.folders().prepared(source)).stores().stream()
        .map(SliceStore::subject)
        .toList();
  }

  private void requireFound(Set<String> found) {
    List<String> unknown = new ArrayList<>(validation.subjects());
    unknown.removeAll(found);
    if (use == SplitUse.VALIDATION && !unknown.isEmpty()) {
      throw new BadInputException(
          "<validationSubjects> names %s, which no labelled data set has."
              .formatted(String.join(", ", unknown)),
          "Name the files of labels without their ending, if need be with their data set, such as"
              + " liver/abd01. The data sets are %s.".formatted(String.join(", ", sources())));
    }
  }

  /**
   * Checks that every fold leaves subjects of each single-organ set to train on, and reports folds
   * that score nothing of a set.
   */
  private void checkLeft(Split split, StageProgress progress) {
    for (DatasetSource set : context.experiment().datasets()) {
      Set<String> scans = new HashSet<>();
      prepared(set.organ()).forEach(subject -> scans.add(subject.voxelDigest()));
      List<Integer> without = new ArrayList<>();
      for (int fold = 1; fold <= split.folds(); fold++) {
        Set<String> heldOut = split.heldOut(fold);
        if (heldOut.containsAll(scans)) {
          throw new BadInputException(
              "All %d subjects of data set %s are held out, so there is none to train on."
                  .formatted(scans.size(), set.organ()),
              use == SplitUse.FOLDS
                  ? "Add subjects to it, or declare another number of <folds>."
                  : "Add subjects to it, or hold out fewer.");
        }
        if (heldOut.stream().noneMatch(scans::contains)) {
          without.add(fold);
        }
      }
      report(set.organ(), without, progress);
    }
  }

  @ResultNeutral
  private void report(String set, List<Integer> without, StageProgress progress) {
    if (!without.isEmpty()) {
      progress.warn(
          use == SplitUse.VALIDATION
              ? "No subject of data set %s is held out: its teacher is not scored.".formatted(set)
              : "Data set %s has fewer subjects than there are folds: none is held out in fold %s."
                  .formatted(
                      set,
                      without.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    }
  }

  /** A model that was trained on a subject scores better on it than on a new one. */
  @ResultNeutral
  private void warnOfGivenModels(Split split, StageProgress progress) {
    for (TeacherFile teacher : context.experiment().teachers()) {
      warnOfSeen(
          split, progress, "given teacher of " + teacher.organ(), teacher.model(), OF_TEACHER);
    }
    for (InitialModel initial : context.experiment().initialModels()) {
      warnOfSeen(
          split,
          progress,
          "initial model of " + initial.name(),
          initial.model(),
          initial.isOfTeacher() ? OF_TEACHER : "its scores");
    }
  }

  @ResultNeutral
  private static void warnOfSeen(
      Split split, StageProgress progress, String name, Path model, String scores) {
    Set<String> digests =
        split.subjects().stream().map(Split.HeldOut::voxelDigest).collect(Collectors.toSet());
    List<Map<String, Object>> subjects = ModelArchive.readCard(model).subjects();
    long seen = subjects.stream().filter(one -> digests.contains(one.get("voxelDigest"))).count();
    if (seen > 0) {
      progress.warn(
          "The %s (%s) was trained on %d of the held-out subjects: %s are too high on them."
              .formatted(name, model.getFileName(), seen, scores));
    }
  }
}
