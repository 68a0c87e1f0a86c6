package org.mskd.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mskd.code.ResultNeutral;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.LabelGrid;
import org.mskd.experiment.MultiOrganSource;
import org.mskd.experiment.Preprocessing;
import org.mskd.experiment.TestSet;
import org.mskd.experiment.UnlabelledSource;
import org.mskd.file.AtomicFile;
import org.mskd.finding.Finding;
import org.mskd.finding.FingerprintedSet;
import org.mskd.finding.SetChecks;
import org.mskd.problem.BadInputException;

/**
 * Prepares data sets: every subject is read, checked and written as a slice store, {@code
 * prepared/ORGAN/ID.slices}, and images only {@code prepared/NAME/ID.slices} of an unlabelled
 * source and {@code prepared/test/ID.slices}. A set counts as prepared once all its stores are
 * written; stores of other subjects are removed.
 */
public final class Preparer {
  /** The end of a temporary store's name as earlier versions wrote it. */
  private static final String FORMER_TEMPORARY = PreparedSet.ENDING + ".part";

  private final Preprocessing preprocessing;
  private final Path prepared;
  private final PreparationListener listener;
  private final EarlierStores earlier;

  /** A preparer that preprocesses every scan. */
  public Preparer(Preprocessing preprocessing, Path output, PreparationListener listener) {
    this(preprocessing, output, listener, EarlierStores.NONE);
  }

  /**
   * @param preprocessing from volumes to slices
   * @param output the experiment's output folder; its {@code prepared} is written
   * @param earlier stores that are used again
   */
  public Preparer(
      Preprocessing preprocessing,
      Path output,
      PreparationListener listener,
      EarlierStores earlier) {
    this.preprocessing = preprocessing;
    this.prepared = output.resolve("prepared");
    this.listener = listener;
    this.earlier = earlier;
  }

  /**
   * Prepares one training set.
   *
   * @throws BadInputException for anything wrong with the data, or if the disk fills
   */
  public PreparedSet training(DatasetSource source) {
    requireOwnFolder("organ", source.organ());
    return prepare(
        source.organ(),
        DatasetFolder.training(source.directory()),
        new TrainingStep(source, preprocessing, listener::warn),
        source.reading().grid());
  }

  /**
   * Prepares a set that annotates several organs. A subject may lack some of them.
   *
   * @throws BadInputException for anything wrong with the data, or if the disk fills
   */
  public PreparedSet multiOrgan(MultiOrganSource source) {
    requireOwnFolder("name", source.name());
    return prepare(
        source.name(),
        DatasetFolder.apart(source.images(), source.labelFolder()),
        new MultiOrganStep(source, preprocessing),
        source.reading().grid());
  }

  /**
   * Prepares images without labels.
   *
   * @throws BadInputException for anything wrong with the data, or if the disk fills
   */
  public PreparedSet unlabelled(UnlabelledSource source) {
    requireOwnFolder("name", source.name());
    return prepare(
        source.name(),
        DatasetFolder.images(source.directory()),
        new UnlabelledStep(preprocessing),
        LabelGrid.LABEL);
  }

  /**
   * Checks the name of a prepared set, which is the name of its folder.
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
   * @throws BadInputException as for training; an organ may be absent from a case, not from all
   */
  public PreparedSet test(TestSet testSet, List<String> organs, List<PreparedSet> training) {
    return prepare(
        PreparedSet.TEST,
        DatasetFolder.test(testSet.directory()),
        new TestStep(testSet, organs, preprocessing, training, listener::warn),
        testSet.reading().grid());
  }

  private PreparedSet prepare(
      String name, List<Subject> subjects, SubjectStep step, LabelGrid labelGrid) {
    Path folder = prepared.resolve(name);
    List<Path> stores = new ArrayList<>();
    for (Subject subject : subjects) {
      stores.add(folder.resolve(PreparedSet.fileName(subject)));
    }
    PreparedSet.invalidate(folder);
    removeOthers(folder, stores);
    for (int i = 0; i < stores.size(); i++) {
      prepare(subjects.get(i), stores.get(i), step);
      listener.subjectDone(name, i + 1, stores.size());
    }
    PreparedSet set = new PreparedSet(name, stores);
    step.check(set);
    warn(set, subjects, labelGrid);
    set.write(folder);
    return set;
  }

  @ResultNeutral
  private void warn(PreparedSet set, List<Subject> subjects, LabelGrid labelGrid) {
    HeaderWarnings.of(subjects, labelGrid).forEach(listener::warn);
    FingerprintedSet fingerprints = set.fingerprints();
    SetChecks.ofOne(fingerprints, preprocessing.sliceSize()).stream()
        .map(Finding::text)
        .forEach(listener::warn);
  }

  private void prepare(Subject subject, Path store, SubjectStep step) {
    if (earlier.take(subject, store)) {
      step.reuse(subject, store);
    } else {
      step.prepare(subject, store);
      earlier.keep(subject, store);
    }
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
