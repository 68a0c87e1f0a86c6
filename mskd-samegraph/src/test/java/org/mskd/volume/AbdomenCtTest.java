package org.mskd.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every file of the real data set. */
class AbdomenCtTest {
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.toString().endsWith(".nii.gz")).sorted().toList();
    }
  }

  /** Each organ's own labels and the labels of all organs come in different orientations. */
  @ParameterizedTest
  @CsvSource({"liver, 1", "spleen, 2", "kidney, 3", "pancreas, 4"})
  void singleOrganSets(String organ, int label) throws IOException {
    Path data = SharedData.at("abdomen-ct");
    List<Path> images = files(data.resolve(organ + "/imagesTr"));
    assertEquals(5, images.size());
    for (Path image : images) {
      String name = image.getFileName().toString();
      Volume ct = NiftiReader.read(image);
      Volume one = NiftiReader.read(data.resolve(organ + "/labelsTr/" + name));
      assertTrue(ct.grid().matches(one.grid(), 1e-3), name);
      isClippedHounsfield(ct, name);
      Volume canonical = Orientation.toCanonical(one);
      Volume all =
          Orientation.toCanonical(
              NiftiReader.read(data.resolve("multi-organ-train/labelsTr/" + name)));
      assertTrue(canonical.grid().matches(all.grid(), 1e-3), name);
      int voxels = 0;
      for (int i = 0; i < all.voxels().length; i++) {
        boolean here = all.voxels()[i] == label;
        voxels += here ? 1 : 0;
        if (canonical.voxels()[i] != (here ? 1 : 0)) {
          assertEquals(here ? 1 : 0, canonical.voxels()[i], name + " voxel " + i);
        }
      }
      assertTrue(voxels > 1000, name + " has " + voxels);
    }
  }

  @Test
  void multiOrganTestSet() throws IOException {
    Path data = SharedData.at("abdomen-ct/multi-organ-test");
    List<Path> images = files(data.resolve("imagesTs"));
    assertEquals(4, images.size());
    for (Path image : images) {
      String name = image.getFileName().toString();
      Volume ct = NiftiReader.read(image);
      Volume labels = NiftiReader.read(data.resolve("labelsTs/" + name));
      assertTrue(ct.grid().matches(labels.grid(), 1e-3), name);
      isClippedHounsfield(ct, name);
      int[] counts = new int[5];
      for (float label : labels.voxels()) {
        counts[(int) label]++;
      }
      if (name.equals("abd01.nii.gz")) {
        // Counted with the separate decoder.
        assertEquals(List.of(8764705, 259990, 24687, 47439, 12683), list(counts));
      }
    }
  }

  private static List<Integer> list(int[] counts) {
    return java.util.Arrays.stream(counts).boxed().toList();
  }

  /** uint8 scaled to [-125, 275]. */
  private static void isClippedHounsfield(Volume ct, String name) {
    float lowest = Float.POSITIVE_INFINITY;
    float highest = Float.NEGATIVE_INFINITY;
    for (float voxel : ct.voxels()) {
      lowest = Math.min(lowest, voxel);
      highest = Math.max(highest, voxel);
    }
    assertEquals(-125f, lowest, name);
    assertEquals(275f, highest, 1e-3f, name);
  }
}
