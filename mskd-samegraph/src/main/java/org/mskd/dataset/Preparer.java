package org.mskd.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.OrganLabel;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/**
 * Prepares data sets: every subject is read, checked and written as a slice store, {@code
 * prepared/ORGAN/ID.slices}, and images only {@code prepared/NAME/ID.slices} of an unlabelled
 * source and {@code prepared/test/ID.slices} (test labels are compared in the scan's own grid). A
 * set counts as prepared once all its stores are written; what an earlier run left of other
 * subjects is removed.
 */
public final class Preparer {
  /** The end of a temporary store's name as earlier versions wrote it. */
  private static final String FORMER_TEMPORARY = PreparedSet.ENDING + ".part";

  private final Preprocessing preprocessing;
  private final Path prepared;
  private final PreparationListener listener;

  /**
   * @param preprocessing from volumes to slices
   * @param output the experiment's output folder; its {@code prepared} is written
   */
  public Preparer(Preprocessing preprocessing, Path output, PreparationListener listener) {
    this.preprocessing = preprocessing;
    this.prepared = output.resolve("prepared");
    this.listener = listener;
  }

  /**
   * Prepares one training set.
   *
   * @throws BadInputException for anything wrong with the data, or if the disk fills
   */
  public PreparedSet training(DatasetSource source) {
    requireOwnFolder("organ", source.organ());
    SubjectReader reader = new SubjectReader(LabelMap.training(source));
    SubjectPreparation preparation = new SubjectPreparation(preprocessing);
    int[] annotated = new int[1];
    return prepare(
        source.organ(),
        DatasetFolder.training(source.directory()),
        (subject, target) -> {
          Scan scan = reader.read(subject);
          if (scan.count(1) == 0) {
            throw new BadInputException(
                subject.label().orElseThrow() + " is empty: no voxel marks " + source.organ() + ".",
                "Correct the label and <labelValues>, or take the subject out.");
          }
          annotated[0] += preparation.write(scan, true, target).annotatedSlices().size();
        },
        set -> {
          if (annotated[0] == 0) {
            throw new BadInputException(
                "No slice of "
                    + source.directory()
                    + " shows "
                    + source.organ()
                    + " at <sliceSize> "
                    + preprocessing.sliceSize()
                    + ": the organ is smaller than a pixel.",
                "Choose a larger <sliceSize> or a finer <targetSpacing>.");
          }
        });
  }

  /**
   * Prepares a set that annotates several organs. A subject may lack some of them.
   *
   * @throws BadInputException for anything wrong with the data, or if the disk fills
   */
  public PreparedSet multiOrgan(MultiOrganSource source) {
    requireOwnFolder("name", source.name());
    SubjectReader reader = new SubjectReader(LabelMap.multiOrgan(source));
    SubjectPreparation preparation = new SubjectPreparation(preprocessing);
    Set<String> absent = new TreeSet<>(source.organs());
    return prepare(
        source.name(),
        DatasetFolder.apart(source.images(), source.labelFolder()),
        (subject, target) -> {
          Scan scan = reader.read(subject);
          absent.removeIf(organ -> scan.count(source.organs().indexOf(organ) + 1) > 0);
          preparation.write(scan, true, target);
        },
        set -> {
          if (!absent.isEmpty()) {
            throw new BadInputException(
                "No subject of data set %s shows %s."
                    .formatted(source.name(), String.join(", ", absent)),
                "Correct the values in its <labels>, or leave the organ out of them.");
          }
        });
  }

  /**
   * Prepares images without labels.
   *
   * @throws BadInputException for anything wrong with the data, or if the disk fills
   */
  public PreparedSet unlabelled(UnlabelledSource source) {
    requireOwnFolder("name", source.name());
    SubjectPreparation preparation = new SubjectPreparation(preprocessing);
    return prepare(
        source.name(),
        DatasetFolder.images(source.directory()),
        (subject, target) -> preparation.write(SubjectReader.image(subject), false, target),
        set -> {});
  }

  /**
   * Prepared sets lie in folders of their names.
   *
   * @param element the POM's element that gives the name
   * @throws BadInputException if that is the test set's
   */
  public static void requireOwnFolder(String element, String name) {
    if (name.equalsIgnoreCase(PreparedSet.TEST)) {
      throw new BadInputException(
          "<" + element + "> is " + name + ", which is the name of the test set's folder.",
          "Choose another name.");
    }
  }

  /**
   * Prepares the test set, which counts as prepared only if none of its scans is in training.
   *
   * @param organs in the order of the student's channels 1..K
   * @param training every set that a network is trained on, labelled or not
   * @param warnings told what a person should know, a sentence or two each
   * @throws BadInputException as for training; an organ may be absent from a case, not from all
   */
  public PreparedSet test(
      TestSet testSet, List<String> organs, List<PreparedSet> training, Consumer<String> warnings) {
    SubjectReader reader = new SubjectReader(LabelMap.test(testSet, organs));
    SubjectPreparation preparation = new SubjectPreparation(preprocessing);
    Set<String> absent =
        testSet.labels().stream()
            .map(OrganLabel::organ)
            .collect(Collectors.toCollection(TreeSet::new));
    return prepare(
        PreparedSet.TEST,
        DatasetFolder.test(testSet.directory()),
        (subject, target) -> {
          Scan scan = reader.read(subject);
          absent.removeIf(organ -> scan.count(organs.indexOf(organ) + 1) > 0);
          preparation.write(scan, false, target);
        },
        set -> {
          if (!absent.isEmpty()) {
            throw new BadInputException(
                "No case of the test set "
                    + testSet.directory()
                    + " shows "
                    + String.join(", ", absent)
                    + ".",
                "Correct the values in <labels>, or leave the organ out of <labels>.");
          }
          SamePatientCheck.check(training, set).forEach(warnings);
        });
  }

  /** Reads and writes one subject. */
  @FunctionalInterface
  private interface Step {
    void prepare(Subject subject, Path target);
  }

  private PreparedSet prepare(
      String name, List<Subject> subjects, Step step, Consumer<PreparedSet> finalCheck) {
    Path folder = prepared.resolve(name);
    List<Path> stores = new ArrayList<>();
    for (Subject subject : subjects) {
      stores.add(folder.resolve(subject.id() + PreparedSet.ENDING));
    }
    PreparedSet.distrust(folder);
    removeOthers(folder, stores);
    for (int i = 0; i < stores.size(); i++) {
      step.prepare(subjects.get(i), stores.get(i));
      listener.subjectDone(name, i + 1, stores.size());
    }
    PreparedSet set = new PreparedSet(name, stores);
    finalCheck.accept(set);
    set.write(folder);
    return set;
  }

  private static void removeOthers(Path folder, List<Path> stores) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        boolean stale = name.endsWith(PreparedSet.ENDING) && !stores.contains(file);
        if (stale || AtomicFile.isTemporary(file) || name.endsWith(FORMER_TEMPORARY)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new BadInputException(
          folder + " holds files of an earlier run that cannot be deleted: " + e.getMessage() + ".",
          "Check its permissions.",
          e);
    }
  }
}
