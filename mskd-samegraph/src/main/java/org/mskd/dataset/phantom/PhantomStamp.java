package org.mskd.dataset.phantom;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Phantoms;

/**
 * What a folder of phantoms was drawn from; without the folder's own name, so that it can be moved.
 *
 * @param drawing version of the drawing: folders of another version are drawn again
 * @param organs organs, in order
 * @param subjects subjects of each single-organ set
 * @param testSubjects subjects of the test set
 * @param size in-plane voxels
 * @param slices slices a volume
 * @param seed seed of all of them
 * @param files every file of a finished folder, by path in it; empty while it is being drawn
 */
// The JSON form sees the components of public records only, unless configured to.
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
record PhantomStamp(
    int drawing,
    List<String> organs,
    int subjects,
    int testSubjects,
    int size,
    int slices,
    long seed,
    SortedMap<String, PhantomFile> files) {
  PhantomStamp {
    files = files == null ? new TreeMap<>() : new TreeMap<>((Map<String, PhantomFile>) files);
  }

  /** Raised whenever the same parameters give other voxels. */
  static final int DRAWING = 1;

  /** Twice the bytes of the stamp of 1000 subjects of each organ. */
  private static final long LARGEST_STAMP = 1 << 22;

  static PhantomStamp of(Phantoms phantoms) {
    return new PhantomStamp(
        DRAWING,
        phantoms.phantomOrgans(),
        phantoms.phantomSubjects(),
        phantoms.phantomTestSubjects(),
        phantoms.phantomSize(),
        phantoms.phantomSlices(),
        phantoms.phantomSeed(),
        null);
  }

  /** The stamp of a folder with these files. */
  PhantomStamp with(SortedMap<String, PhantomFile> drawn) {
    return new PhantomStamp(drawing, organs, subjects, testSubjects, size, slices, seed, drawn);
  }

  /** Whether both draw the same voxels. */
  boolean drawsAs(PhantomStamp other) {
    return with(null).equals(other.with(null));
  }

  /**
   * Reads {@link #json}.
   *
   * @throws RuntimeException if it is anything else, or holds values no phantoms can have
   */
  static PhantomStamp parse(String json) {
    PhantomStamp read = ExperimentJson.read(json, PhantomStamp.class);
    Phantoms checked =
        new Phantoms(
            Path.of("any"),
            read.organs,
            read.subjects,
            read.testSubjects,
            read.size,
            read.slices,
            read.seed);
    return new PhantomStamp(
        read.drawing,
        checked.phantomOrgans(),
        read.subjects,
        read.testSubjects,
        read.size,
        read.slices,
        read.seed,
        read.files);
  }

  /** Reads a file that is there and holds {@link #json}; empty if it is anything else. */
  static Optional<PhantomStamp> read(Path file) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) > LARGEST_STAMP) {
        return Optional.empty();
      }
      return Optional.of(parse(Files.readString(file)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // not a stamp
    }
  }

  String json() {
    return ExperimentJson.write(this) + "\n";
  }

  /**
   * One volume and its label, by path in the folder.
   *
   * @param allOrgans label of all organs of a training volume; empty for a test volume, whose label
   *     is one already
   */
  record Entry(String set, String id, String image, String label, Optional<String> allOrgans) {
    private static Entry training(String organ, int number) {
      String id = id(organ, number);
      return new Entry(
          organ,
          id,
          organ + "/imagesTr/" + id + ".nii.gz",
          organ + "/labelsTr/" + id + ".nii.gz",
          Optional.of(PhantomMaker.TRAINING_LABELS + "/labelsTr/" + id + ".nii.gz"));
    }

    private static Entry test(int number) {
      String id = id("test", number);
      return new Entry(
          PhantomMaker.TEST_SET,
          id,
          PhantomMaker.TEST_SET + "/imagesTs/" + id + ".nii.gz",
          PhantomMaker.TEST_SET + "/labelsTs/" + id + ".nii.gz",
          Optional.empty());
    }

    private static String id(String name, int number) {
      return String.format(Locale.ROOT, "%s-%03d", name, number);
    }

    private Stream<String> paths() {
      return Stream.concat(Stream.of(image, label), allOrgans.stream());
    }
  }

  /** Paths in the folder of everything it holds besides the stamp. */
  List<String> paths() {
    return entries().stream().flatMap(Entry::paths).toList();
  }

  /** One entry a subject, in drawing order. */
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (String organ : organs) {
      for (int i = 1; i <= subjects; i++) {
        entries.add(Entry.training(organ, i));
      }
    }
    for (int i = 1; i <= testSubjects; i++) {
      entries.add(Entry.test(i));
    }
    return entries;
  }
}
