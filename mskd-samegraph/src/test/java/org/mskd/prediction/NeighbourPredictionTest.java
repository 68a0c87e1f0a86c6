package org.mskd.prediction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.PredictionInput;
import org.mskd.dataset.Preparer;
import org.mskd.dataset.Sampler;
import org.mskd.dataset.Scan;
import org.mskd.dataset.ScanSlices;
import org.mskd.dataset.SliceStore;
import org.mskd.dataset.SubjectReader;
import org.mskd.experiment.DatasetSource;
import org.mskd.experiment.Neighbours;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.experiment.Preprocessing;
import org.mskd.model.Model;
import org.mskd.model.ModelCard;
import org.mskd.model.ModelKind;
import org.mskd.training.Batch;
import org.mskd.training.BatchSource;
import org.mskd.training.SliceSources;
import org.mskd.training.Source;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** A network sees the same in training and in prediction. */
class NeighbourPredictionTest {
  private static final int SIDE = 16;

  /** Of voxels 3 mm apart. */
  private static final Preprocessing PREPROCESSING =
      new Preprocessing(SIDE, -125, 275, List.of(2.5, 2.5));

  @TempDir Path folder;

  /** Keeps the images that it is given. */
  private static class Recorder implements SliceScorer {
    private static final int BATCH = 3;
    private final Neighbours neighbours;
    final List<float[]> images = new ArrayList<>();

    Recorder(Neighbours neighbours) {
      this.neighbours = neighbours;
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public int passes() {
      return 1;
    }

    @Override
    public int heads() {
      return 1;
    }

    @Override
    public long parameters() {
      return 0;
    }

    @Override
    public String modelOf(int c) {
      return "The model";
    }

    @Override
    public Neighbours neighbours() {
      return neighbours;
    }

    @Override
    public int batch() {
      return BATCH;
    }

    @Override
    public void score(float[] batch, int count, float[][] scores) {
      int length = SIDE * SIDE * neighbours.channels();
      assertEquals(BATCH * length, batch.length);
      assertEquals(BATCH * SIDE * SIDE, scores[0].length);
      for (int slot = 0; slot < count; slot++) {
        float[] image = new float[length];
        System.arraycopy(batch, slot * length, image, 0, length);
        images.add(image);
      }
    }

    @Override
    public void close() {}
  }

  private SliceStore prepare() {
    SplittableRandom random = new SplittableRandom(4);
    Grid grid = new Grid(19, 17, 6, Affine.of(-2, 0, 0, 0, 0, -2, 0, 0, 0, 0, 3, 0));
    float[] image = new float[grid.size()];
    float[] label = new float[grid.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextInt(-200, 300);
      label[i] = random.nextInt(2);
    }
    Path data = folder.resolve("data");
    NiftiWriter.write(data.resolve("imagesTr/a.nii.gz"), new Volume(grid, image), VoxelType.INT16);
    NiftiWriter.write(data.resolve("labelsTr/a.nii.gz"), new Volume(grid, label), VoxelType.UINT8);
    return SliceStore.open(
        new Preparer(PREPROCESSING, folder, (name, done, of) -> {})
            .training(new DatasetSource("organ", data, List.of(1)))
            .stores()
            .get(0));
  }

  @Test
  void storeScanAndBatchGiveTheSameBits() {
    SliceStore store = prepare();
    assertEquals(8, store.slices(), "18 mm in slices of 2.5 mm");
    Scan scan = SubjectReader.image(PredictionInput.scans(folder.resolve("data/imagesTr")).get(0));
    for (Neighbours neighbours :
        List.of(
            Neighbours.NONE, new Neighbours(1, 0), new Neighbours(1, 4), new Neighbours(3, 5))) {
      Recorder fromStore = new Recorder(neighbours);
      new VolumePredictor(fromStore).predict(store, scan.image().grid());
      Recorder fromScan = new Recorder(neighbours);
      new VolumePredictor(fromScan)
          .predict(new ScanSlices(scan, PREPROCESSING), scan.image().grid());
      SliceSources sources =
          new SliceSources(List.of(Source.of("organ", 1, List.of(store))), neighbours);
      BatchSource batches =
          new BatchSource(
              sources,
              new Sampler(sources.pool(), 4, 1, 1),
              Optional.empty(),
              Optional.empty(),
              0,
              Optional.empty());
      TreeMap<Integer, float[]> trained = new TreeMap<>();
      for (int iteration = 0; iteration < 40; iteration++) {
        Batch batch = batches.batch(iteration);
        int length = batch.images().length / 4;
        for (int slot = 0; slot < 4; slot++) {
          float[] image = new float[length];
          System.arraycopy(batch.images(), slot * length, image, 0, length);
          String name = batch.slices().get(slot);
          trained.put(Integer.parseInt(name.substring(name.lastIndexOf(' ') + 1)), image);
        }
      }
      assertEquals(store.slices(), trained.size());
      assertEquals(store.slices(), fromStore.images.size());
      for (int slice = 0; slice < store.slices(); slice++) {
        String message = neighbours + ", slice " + slice;
        assertArrayEquals(trained.get(slice), fromStore.images.get(slice), message);
        assertArrayEquals(trained.get(slice), fromScan.images.get(slice), message);
      }
    }
  }

  private static Model teacher(String organ, Neighbours neighbours) {
    Network network = new Network(2, 1, Normalization.INSTANCE).withNeighbours(neighbours);
    ModelCard card =
        new ModelCard(
            ModelKind.TEACHER,
            network,
            List.of(organ),
            PREPROCESSING,
            SIDE,
            1,
            new TreeMap<>(),
            List.of());
    return new Model(card, new TreeMap<>(), "");
  }

  @Test
  void mergedTeachersMustReadTheSame() {
    List<Model> models = List.of(teacher("a", Neighbours.NONE), teacher("b", new Neighbours(1, 0)));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new TeachersScorer(models, 1));
    assertTrue(e.getMessage().startsWith("teachers with the neighbours"), e.getMessage());
  }
}
