package org.mskd.discovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mskd.dataset.DatasetFolder;
import org.mskd.problem.BadInputException;

/** Finds the data sets below a folder. */
public final class Discovery {
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<SetFolder> folders;
  private final LabelledFolders labelled;

  private Discovery(List<SetFolder> folders, Consumer<Path> reading) {
    this.folders = folders;
    this.labelled = new LabelledFolders(folders, reading);
  }

  /**
   * Reads the labels and the headers of images of all data sets in a folder and in two levels below
   * it. Nothing is written.
   *
   * @param root the folder
   * @param reading is given each folder of labels before it is read, which can take a minute
   * @throws BadInputException if there is no labelled training data, or a {@code dataset.json}
   *     cannot be read
   */
  public static FoundData in(Path root, Consumer<Path> reading) {
    Path directory = root.toAbsolutePath().normalize();
    List<SetFolder> folders = FolderSearch.in(directory);
    if (folders.isEmpty()) {
      throw ExpectedLayout.noVolumes(root);
    }
    return new Discovery(folders, reading).data(directory);
  }

  private FoundData data(Path root) {
    List<LabelledFolder> trainingLabels = labelled.with(SetFolder.IMAGES_TR, SetFolder.LABELS_TR);
    List<LabelledFolder> testLabels =
        labelled.with(SetFolder.IMAGES_TS, SetFolder.LABELS_TS).stream()
            .filter(set -> set.folder().part(SetFolder.IMAGES_TS).isPresent())
            .toList();
    TrainingSets training = new TrainingSets(trainingLabels, imageFolders(), root);
    leftOut.addAll(labelled.leftOut());
    leftOut.addAll(training.leftOut());
    if (training.organs().isEmpty() && training.several().isEmpty()) {
      throw ExpectedLayout.noLabels(root, leftOut);
    }
    List<String> organs = organs(training);
    TestSets tests = new TestSets(training.organs(), organs, training.numberings(), root);
    Optional<FoundTest> test = tests.best(testLabels);
    leftOut.addAll(tests.leftOut());
    UniqueNames names = new UniqueNames(organs);
    List<FoundLabels> several = training.several().stream().map(set -> named(set, names)).toList();
    List<FoundOrgan> single = training.organs().stream().map(Discovery::checked).toList();
    Set<Path> used = new LinkedHashSet<>();
    single.forEach(set -> used.add(set.directory().resolve(SetFolder.IMAGES_TR)));
    several.forEach(set -> used.addAll(set.images()));
    UnlabelledSets unlabelled = new UnlabelledSets(folders, used, names);
    leftOut.addAll(unlabelled.leftOut());
    unlabelled.found().forEach(set -> used.add(DatasetFolder.imagesIn(set.directory())));
    test.ifPresent(set -> used.add(set.directory().resolve(SetFolder.IMAGES_TS)));
    Headers headers = new Headers(used);
    return new FoundData(
        inOrderOf(test, single),
        several,
        unlabelled.found(),
        test,
        headers.longestSide(),
        headers.problems(),
        leftOut);
  }

  private List<Path> imageFolders() {
    return folders.stream()
        .flatMap(
            folder ->
                folder.hasLayout()
                    ? folder.part(SetFolder.IMAGES_TR).stream()
                    : Stream.of(folder.directory()))
        .toList();
  }

  private static List<String> organs(TrainingSets training) {
    return Stream.concat(
            training.organs().stream().map(FoundOrgan::organ),
            training.several().stream()
                .flatMap(set -> set.organs().stream().map(OrganValues::organ)))
        .distinct()
        .toList();
  }

  private static FoundLabels named(FoundLabels set, UniqueNames names) {
    List<Remark> remarks = new ArrayList<>(set.remarks());
    Problems.of(() -> DatasetFolder.apart(set.images(), set.labelFolder())).ifPresent(remarks::add);
    return new FoundLabels(
        names.of(set.name(), "labels"),
        set.images(),
        set.labelFolder(),
        set.organs(),
        set.scans(),
        remarks);
  }

  private static FoundOrgan checked(FoundOrgan set) {
    List<Remark> remarks = new ArrayList<>(set.remarks());
    Problems.of(() -> DatasetFolder.training(set.directory())).ifPresent(remarks::add);
    return new FoundOrgan(set.organ(), set.directory(), set.values(), set.scans(), remarks);
  }

  /** In the order of the test set's values, which is the one of the tables of scores. */
  private static List<FoundOrgan> inOrderOf(Optional<FoundTest> test, List<FoundOrgan> sets) {
    List<String> order =
        test.stream().flatMap(set -> set.organs().stream()).map(OrganValues::organ).toList();
    return sets.stream()
        .sorted(
            Comparator.comparing(
                set -> order.contains(set.organ()) ? order.indexOf(set.organ()) : order.size()))
        .toList();
  }
}
