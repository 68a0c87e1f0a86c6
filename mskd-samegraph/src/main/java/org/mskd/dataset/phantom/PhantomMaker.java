package org.mskd.dataset.phantom;

import java.nio.file.Path;
import java.util.List;
import org.mskd.experiment.Phantoms;
import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Orientation;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/**
 * Fills a folder with phantoms in the Medical Segmentation Decathlon's layout:
 *
 * <pre>
 * phantoms.json                                     the stamp
 * ORGAN/imagesTr/ORGAN-001.nii.gz                   int16, HU
 * ORGAN/labelsTr/ORGAN-001.nii.gz                   1 where that organ is, 0 elsewhere
 * multi-organ-train/labelsTr/ORGAN-001.nii.gz       1.. in the order of {@code phantomOrgans}
 * multi-organ-test/imagesTs/test-001.nii.gz
 * multi-organ-test/labelsTs/test-001.nii.gz         1.. in the order of {@code phantomOrgans}
 * </pre>
 *
 * Every subject has all organs, also those that are not annotated. A subject derives from the seed,
 * its set and its number, so equal parameters give equal bytes, and more subjects leave the first
 * ones as they are.
 */
public final class PhantomMaker {
  /** Name of the test set's folder. */
  public static final String TEST_SET = "multi-organ-test";

  /** Name of the folder with labels of all organs for the training volumes. */
  public static final String TRAINING_LABELS = "multi-organ-train";

  private PhantomMaker() {}

  /** Receives the progress. */
  @FunctionalInterface
  public interface Progress {
    /**
     * A subject was written.
     *
     * @param id its name, such as {@code liver-001}
     * @param done subjects written so far
     * @param total subjects in all
     */
    void drawn(String id, int done, int total);
  }

  /**
   * Makes the phantoms, unless the folder holds them already, every byte as it was drawn. Phantoms
   * that are damaged or of other parameters stay until all of these are drawn, and are replaced
   * then. A replacement that was interrupted is completed first.
   *
   * @return whether anything was drawn
   * @throws org.mskd.problem.BadInputException if the folder holds anything else, or cannot be
   *     written
   */
  public static boolean make(Phantoms phantoms, Progress progress) {
    return make(phantoms, progress, new PhantomChanges());
  }

  static boolean make(Phantoms phantoms, Progress progress, PhantomChanges changes) {
    PhantomStamp stamp = PhantomStamp.of(phantoms);
    PhantomFolder folder = new PhantomFolder(phantoms.phantomDirectory(), changes);
    if (folder.isSettled() && folder.holds(stamp)) {
      return false; // where nothing is to be done, the folder may be read only
    }
    folder.requireOwn();
    try (PhantomLock lock = PhantomLock.take(phantoms.phantomDirectory())) {
      return draw(
          phantoms, stamp, new PhantomFolder(phantoms.phantomDirectory(), changes), progress);
    }
  }

  private static boolean draw(
      Phantoms phantoms, PhantomStamp stamp, PhantomFolder folder, Progress progress) {
    folder.complete();
    if (folder.holds(stamp)) {
      folder.settle();
      return false;
    }
    folder.begin(stamp);
    List<PhantomStamp.Entry> entries = stamp.entries();
    for (int i = 0; i < entries.size(); i++) {
      write(phantoms, entries.get(i), folder.drawing());
      progress.drawn(entries.get(i).id(), i + 1, entries.size());
    }
    folder.finish(stamp);
    return true;
  }

  /** The volumes and labels that the phantoms consist of. */
  public static List<Path> files(Phantoms phantoms) {
    return PhantomStamp.of(phantoms).paths().stream()
        .map(phantoms.phantomDirectory()::resolve)
        .toList();
  }

  private static void write(Phantoms phantoms, PhantomStamp.Entry entry, Path directory) {
    long seed = SubSeeds.of(phantoms.phantomSeed(), "phantom", entry.set(), entry.id());
    PhantomSubject subject =
        PhantomSubject.draw(phantoms.phantomSize(), phantoms.phantomSlices(), seed);
    String code = StoredOrientation.sample(new SplitMix64(SubSeeds.of(seed, "orientation")));
    Grid stored = StoredOrientation.grid(subject.image().grid(), code);
    NiftiWriter.write(
        directory.resolve(entry.image()),
        Orientation.fromCanonical(subject.image(), stored),
        VoxelType.INT16);
    List<String> all = phantoms.phantomOrgans();
    List<String> annotated = entry.allOrgans().isPresent() ? List.of(entry.set()) : all;
    writeLabel(subject, annotated, stored, directory.resolve(entry.label()));
    entry.allOrgans().ifPresent(path -> writeLabel(subject, all, stored, directory.resolve(path)));
  }

  private static void writeLabel(
      PhantomSubject subject, List<String> annotated, Grid stored, Path file) {
    Volume label = new Volume(subject.image().grid(), values(subject.organs(), annotated));
    NiftiWriter.write(file, Orientation.fromCanonical(label, stored), VoxelType.UINT8);
  }

  /** From organ numbers by {@code KNOWN_ORGANS} to those by the annotated organs' order. */
  private static float[] values(Volume organs, List<String> annotated) {
    float[] values = new float[organs.voxels().length];
    for (int i = 0; i < values.length; i++) {
      int organ = (int) organs.voxels()[i];
      values[i] = organ == 0 ? 0 : annotated.indexOf(Phantoms.KNOWN_ORGANS.get(organ - 1)) + 1;
    }
    return values;
  }
}
