package org.mskd.dataset;

/** The image slices of one scan, prepared for a network. */
public interface SliceSource {
  /** The scan, as messages name it. */
  String id();

  /** How the slices lie in the volume. */
  SliceGeometry geometry();

  /** Number of slices. */
  default int slices() {
    return geometry().slices();
  }

  /** Side of a slice, pixels. */
  default int size() {
    return geometry().sliceSize();
  }

  /** Reads an image slice, {@code [size][size]} in [-1, 1], to {@code out} from {@code offset}. */
  void image(int slice, float[] out, int offset);
}
