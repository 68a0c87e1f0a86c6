package org.mskd.teacher;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mskd.dataset.NeighbourSlices;
import org.mskd.dataset.ScanSlices;
import org.mskd.dataset.SliceGeometry;
import org.mskd.dataset.SliceRef;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.SliceTransfer;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Preprocessing;
import org.mskd.model.ModelCard;
import org.mskd.training.SliceSources;

/**
 * Slices of a teacher's own preprocessing, in the planes of the prepared ones, made of the scan's
 * voxels. Its outputs are brought to the student's grid; where that shows nothing of the scan, they
 * are background.
 */
final class ScanInput implements TeacherInput {
  /** Background with a probability of 1 - 4.5e-5, as there is air. */
  private static final float OUTSIDE = -10;

  private final Preprocessing preprocessing;
  private final ScanReader scans;
  private final NeighbourSlices reader;
  private final List<SliceGeometry> own = new ArrayList<>();
  private final List<SliceGeometry> students = new ArrayList<>();
  private SliceStore lastStore;
  private ScanSlices lastSlices;

  ScanInput(ModelCard card, ScanReader scans) {
    this.preprocessing = card.preprocessing();
    this.scans = scans;
    this.reader = new NeighbourSlices(neighbours(card));
  }

  /** Neighbours that are adjacent slices are as far away as in the teacher's own training. */
  private static Neighbours neighbours(ModelCard card) {
    Neighbours trained = card.network().neighbours();
    List<Double> spacing = card.preprocessing().targetSpacing();
    return trained.distance() == 0 && spacing.size() > 1
        ? new Neighbours(trained.perSide(), spacing.get(1))
        : trained;
  }

  @Override
  public float[] images(SliceSources sources, List<SliceRef> slices, int capacity) {
    int side = preprocessing.sliceSize();
    int length = side * side * reader.channels();
    float[] images = new float[Math.multiplyExact(capacity, length)];
    Arrays.fill(images, -1);
    own.clear();
    students.clear();
    for (int slot = 0; slot < slices.size(); slot++) {
      SliceRef slice = slices.get(slot);
      SliceStore store = sources.store(slice);
      ScanSlices scan = scan(sources, slice, store);
      reader.read(scan, slice.slice(), images, slot * length);
      own.add(scan.geometry());
      students.add(store.geometry());
    }
    return images;
  }

  private ScanSlices scan(SliceSources sources, SliceRef slice, SliceStore store) {
    if (lastStore != store) {
      lastSlices =
          ScanSlices.inPlanesOf(
              store.geometry(),
              scans.read(sources.sourceName(slice), store.subject()),
              preprocessing);
      lastStore = store;
    }
    return lastSlices;
  }

  @Override
  public float[] margins(int slot, float[] margins) {
    return transfer(slot).values(margins, OUTSIDE);
  }

  @Override
  public PositionMap positions(int slot, int stride) {
    int[] positions = transfer(slot).positions(stride);
    return position -> positions[position];
  }

  /** A new one, as each is for one thread. */
  private SliceTransfer transfer(int slot) {
    return new SliceTransfer(own.get(slot), students.get(slot));
  }
}
