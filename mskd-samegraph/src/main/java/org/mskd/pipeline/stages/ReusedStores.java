package org.mskd.pipeline.stages;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mskd.code.ResultNeutral;
import org.mskd.dataset.EarlierStores;
import org.mskd.dataset.PreparedSet;
import org.mskd.dataset.PreparedSubject;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.Subject;
import org.mskd.experiment.ExperimentJson;
import org.mskd.file.HardLink;
import org.mskd.file.Sha256;
import org.mskd.pipeline.stage.FileDigests;
import org.mskd.pipeline.stage.FinishedParts;
import org.mskd.pipeline.stage.StageStamp;
import org.mskd.problem.BadInputException;

/**
 * Slice stores of a preparation that are reused: those of the stage's last result whose subject's
 * inputs are the same, and those that an interrupted run finished.
 */
@ResultNeutral
final class ReusedStores implements EarlierStores {
  private static final int KEY_LENGTH = 32;

  private final Path outputDirectory;
  private final String folder;
  private final StageStamp last;
  private final FinishedParts parts;
  private final FileDigests digests;
  private final Function<Subject, SortedMap<String, String>> inputs;

  /**
   * @param stageId of the preparation
   * @param set the name of the prepared set
   * @param inputs the inputs of one subject's store, as in the stage's stamp
   */
  ReusedStores(
      StageContext context,
      String stageId,
      String set,
      Function<Subject, SortedMap<String, String>> inputs) {
    this.outputDirectory = context.folders().root();
    this.folder = "prepared/" + set + "/";
    this.last = StageStamp.read(StageStamp.fileOf(outputDirectory, stageId));
    this.parts = new FinishedParts(outputDirectory, stageId);
    this.digests = FileDigests.in(outputDirectory, context.options().reread());
    this.inputs = inputs;
  }

  /** Whether the stage has no finished result yet. */
  boolean isFirstResult() {
    return last == null;
  }

  /** Number of subjects that have to be preprocessed. */
  int missing(List<Subject> subjects) {
    return (int) subjects.stream().filter(subject -> find(subject).isEmpty()).count();
  }

  /** Removes stores of an interrupted run that belong to other subjects or have other inputs. */
  void retain(List<Subject> subjects) {
    parts.retain(subjects.stream().map(this::key).collect(Collectors.toSet()));
  }

  @Override
  public boolean take(Subject subject, Path target) {
    Optional<Path> store = find(subject);
    store.ifPresent(file -> HardLink.orCopy(file, target));
    return store.isPresent();
  }

  @Override
  public void keep(Subject subject, Path store) {
    parts.keep(key(subject), store);
  }

  private Optional<Path> find(Subject subject) {
    return installed(subject).or(() -> interrupted(subject));
  }

  private Optional<Path> installed(Subject subject) {
    String path = folder + PreparedSet.fileName(subject);
    boolean unchanged =
        last != null
            && last.inputs().entrySet().containsAll(inputs.apply(subject).entrySet())
            && last.isIntact(outputDirectory, path, digests)
            && isOf(subject, SliceStore.subject(outputDirectory.resolve(path)));
    return unchanged ? Optional.of(outputDirectory.resolve(path)) : Optional.empty();
  }

  private Optional<Path> interrupted(Subject subject) {
    Path file = parts.file(key(subject));
    try (SliceStore store = SliceStore.open(file)) {
      return isOf(subject, store.subject()) ? Optional.of(file) : Optional.empty();
    } catch (BadInputException e) {
      return Optional.empty(); // it is missing or damaged, and made again
    }
  }

  /**
   * Whether a store records this subject's names. They may have changed while the scan's bytes did
   * not.
   */
  private static boolean isOf(Subject subject, PreparedSubject prepared) {
    return prepared.id().equals(subject.id()) && prepared.image().equals(subject.imageName());
  }

  private String key(Subject subject) {
    String text =
        ExperimentJson.write(inputs.apply(subject)) + subject.id() + "/" + subject.imageName();
    return Sha256.of(text).substring(0, KEY_LENGTH);
  }
}
