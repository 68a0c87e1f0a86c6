package org.mskd.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mskd.volume.Affine;
import org.mskd.volume.Grid;
import org.mskd.volume.NiftiWriter;
import org.mskd.volume.Volume;
import org.mskd.volume.VoxelType;

/** Small data sets: each label has the given values, one after the other along the first axis. */
record DataFolder(Path root) {
  private static final int SIDE = 40;

  /** An image of negative and positive HU. */
  void image(String path) {
    float[] voxels = new float[SIDE * 3 * 2];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = -100 + i;
    }
    write(path, voxels, VoxelType.INT16);
  }

  /** A label whose columns x = 0, 1, ... have the values, and all other voxels 0. */
  void label(String path, int... values) {
    float[] voxels = new float[SIDE * 3 * 2];
    for (int i = 0; i < voxels.length; i++) {
      int x = i % SIDE;
      voxels[i] = x < values.length ? values[x] : 0;
    }
    write(path, voxels, VoxelType.UINT16);
  }

  /** One scan for training with its label. */
  void scan(String set, String id, int... values) {
    image(set + "/imagesTr/" + id + ".nii.gz");
    label(set + "/labelsTr/" + id + ".nii.gz", values);
  }

  /** One scan for testing with its label. */
  void test(String set, String id, int... values) {
    image(set + "/imagesTs/" + id + ".nii.gz");
    label(set + "/labelsTs/" + id + ".nii.gz", values);
  }

  void json(String set, String content) {
    try {
      Files.createDirectories(root.resolve(set));
      Files.writeString(root.resolve(set).resolve("dataset.json"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FoundData found() {
    return Discovery.in(root, folder -> {});
  }

  private void write(String path, float[] voxels, VoxelType type) {
    Path file = root.resolve(path);
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    NiftiWriter.write(
        file, new Volume(new Grid(SIDE, 3, 2, Affine.scaling(1, 1, 2)), voxels), type);
  }
}
