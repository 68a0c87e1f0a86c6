package org.mskd.dataset.phantom;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mskd.experiment.ExperimentJson;
import org.mskd.experiment.Phantoms;

/**
 * What a folder of phantoms was drawn from; without the folder's own name, so that it can be moved.
 *
 * @param drawing version of the drawing: folders of another version are drawn anew
 * @param organs organs, in order
 * @param subjects subjects of each single-organ set
 * @param testSubjects subjects of the test set
 * @param size in-plane voxels
 * @param slices slices a volume
 * @param seed seed of all of them
 */
// The JSON form sees the components of public records only, unless told to.
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
record PhantomStamp(
    int drawing,
    List<String> organs,
    int subjects,
    int testSubjects,
    int size,
    int slices,
    long seed) {
  /** Raised whenever the same parameters give other voxels. */
  static final int DRAWING = 1;

  static PhantomStamp of(Phantoms phantoms) {
    return new PhantomStamp(
        DRAWING,
        phantoms.phantomOrgans(),
        phantoms.phantomSubjects(),
        phantoms.phantomTestSubjects(),
        phantoms.phantomSize(),
        phantoms.phantomSlices(),
        phantoms.phantomSeed());
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
        read.seed);
  }

  String json() {
    return ExperimentJson.write(this) + "\n";
  }

  /** One volume and its label, by path in the folder. */
  record Entry(String set, String id, String image, String label) {
    private static Entry of(String set, String name, int number, String suffix) {
      String id = String.format(Locale.ROOT, "%s-%03d", name, number);
      return new Entry(
          set,
          id,
          set + "/images" + suffix + "/" + id + ".nii.gz",
          set + "/labels" + suffix + "/" + id + ".nii.gz");
    }
  }

  /** Everything the folder holds besides the stamp, in drawing order. */
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (String organ : organs) {
      for (int i = 1; i <= subjects; i++) {
        entries.add(Entry.of(organ, organ, i, "Tr"));
      }
    }
    for (int i = 1; i <= testSubjects; i++) {
      entries.add(Entry.of(PhantomMaker.TEST_SET, "test", i, "Ts"));
    }
    return entries;
  }
}
