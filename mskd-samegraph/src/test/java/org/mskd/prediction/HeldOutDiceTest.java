package org.mskd.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mskd.dataset.SliceStore;
import org.mskd.experiment.Neighbours;
import org.mskd.model.Model;
import org.mskd.model.ModelArchive;
import org.mskd.model.ModelKind;
import org.mskd.pipeline.PixelNetworks;
import org.mskd.training.SmallData;
import org.mskd.training.Source;

/**
 * Squares of 6 x 6 pixels at 200 HU, in slices 2 and 3 of 6. The network's first organ is what is
 * brighter than 75 HU, its second organ is nowhere.
 */
class HeldOutDiceTest {
  @TempDir Path folder;

  /**
   * @param offset of the first organ's logit; it rises by 10 from the window's lower end to its
   *     middle
   */
  private Model network(float offset) {
    Path file = folder.resolve("model.mskd");
    PixelNetworks.write(
        file,
        ModelKind.STUDENT,
        List.of("bright", "dark"),
        SmallData.PREPROCESSING,
        SmallData.SIDE,
        new float[] {0, 10, 0},
        new float[] {0, offset, -1});
    return ModelArchive.read(file);
  }

  private Map<String, Double> dice(int batch, List<Source> subjects) {
    return dice(-10, batch, subjects);
  }

  private Map<String, Double> dice(float offset, int batch, List<Source> subjects) {
    Model model = network(offset);
    return new HeldOutDice(model.card(), subjects, batch)
        .dice(List.copyOf(model.tensors().values()));
  }

  private Source source(String name, int at, List<Integer> channels) {
    SliceStore store = SmallData.store(folder, name, at);
    return new Source(name, channels, List.of(store), Optional.empty());
  }

  @Test
  void onlyAnnotatedOrgansAreScored() {
    Source right = source("right", 2, List.of(1));
    Source wrong = source("wrong", 5, List.of(2));
    for (int batch : new int[] {1, 4, 7}) {
      assertEquals(Map.of("bright", 1.0), dice(batch, List.of(right)));
      assertEquals(Map.of("dark", 0.0), dice(batch, List.of(wrong)));
      assertEquals(Map.of("bright", 1.0, "dark", 0.0), dice(batch, List.of(right, wrong)));
    }
    right.stores().forEach(SliceStore::close);
    wrong.stores().forEach(SliceStore::close);
  }

  /**
   * The network finds the organ of slices 2 and 3 in their upper neighbours, 3 and 4: half of it.
   */
  @Test
  void neighboursAreReadAsInTraining() {
    Path file = folder.resolve("model.mskd");
    PixelNetworks.write(
        file,
        ModelKind.STUDENT,
        List.of("bright", "dark"),
        SmallData.PREPROCESSING,
        SmallData.SIDE,
        new float[] {0, 10, 0},
        new float[] {0, -10, -1},
        List.of(),
        new Neighbours(1, 0));
    Model model = ModelArchive.read(file);
    Source one = source("one", 2, List.of(1));
    for (int batch : new int[] {1, 4}) {
      assertEquals(
          Map.of("bright", 0.5),
          new HeldOutDice(model.card(), List.of(one), batch)
              .dice(List.copyOf(model.tensors().values())));
    }
    try (SliceScorer ensemble = EnsembleScorer.of(List.of(model, model), 2)) {
      assertEquals(new Neighbours(1, 0), ensemble.neighbours());
    }
    one.stores().forEach(SliceStore::close);
  }

  /** 72 voxels are the organ; where all 1536 are predicted, Dice is 144 / 1608. */
  @Test
  void diceIsOfTheVoxelsOfAllSlices() {
    Source one = source("one", 2, List.of(1));
    Source two = source("two", 5, List.of(1));
    assertEquals(144.0 / 1608, dice(10, 4, List.of(one, two)).get("bright"), 1e-12);
    one.stores().forEach(SliceStore::close);
    two.stores().forEach(SliceStore::close);
  }
}
