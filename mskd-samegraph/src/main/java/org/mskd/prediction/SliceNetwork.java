package org.mskd.prediction;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.mskd.model.Model;
import org.mskd.training.FrozenNetwork;

/**
 * A trained network over whole slices, whatever the size of its input: directly where that is the
 * slice, else from overlapping {@link Tiles}, whose logits are averaged by their weights. Tiles of
 * several slices share the network's batches.
 *
 * <p>A tiled network is given as many slices at once as its batch has pixels, so that images and
 * scores of these slices need no more memory than those of a batch of squares.
 */
public final class SliceNetwork implements AutoCloseable {
  private final UnaryOperator<float[]> network;
  private final Runnable closing;
  private final int batch;
  private final int channels;
  private final int classes;
  private final int size;
  private final int side;
  private final Tiles tiles;

  /**
   * @param batch how many squares the network runs at once
   */
  public static SliceNetwork of(Model model, int batch) {
    FrozenNetwork network = new FrozenNetwork(model, batch);
    return new SliceNetwork(
        network::logits,
        network::close,
        batch,
        model.card().inputChannels(),
        network.classes(),
        model.card().preprocessing().sliceSize(),
        model.card().inputSize());
  }

  /**
   * @param network from {@code [batch][side][side][channels]} to logits {@code
   *     [batch][side][side][classes]}
   * @param batch how many squares it runs at once
   * @param channels of its input
   * @param size side of a slice, pixels
   * @param side of the network's input, pixels
   */
  SliceNetwork(
      UnaryOperator<float[]> network,
      Runnable closing,
      int batch,
      int channels,
      int classes,
      int size,
      int side) {
    this.network = network;
    this.closing = closing;
    this.batch = batch;
    this.channels = channels;
    this.classes = classes;
    this.size = size;
    this.side = side;
    this.tiles = side < size ? new Tiles(size, side) : null;
  }

  /** Slices per call; at least 1. */
  public int slices() {
    long pixels = (long) batch * side * side;
    return tiles == null ? batch : Math.max(1, (int) Math.floorDiv(pixels, (long) size * size));
  }

  int classes() {
    return classes;
  }

  /**
   * @param images {@code [slices()][size][size][channels]} flattened, values in [-1, 1]
   * @param count how many of them are slices, from the first; the rest is padding
   * @return logits {@code [slices()][size][size][classes]} flattened; those of padding are
   *     undefined
   */
  public float[] logits(float[] images, int count) {
    if (tiles == null) {
      return network.apply(images);
    }
    float[] logits = new float[Math.multiplyExact(images.length / channels, classes)];
    int all = Math.multiplyExact(count, tiles.count());
    float[] inputs = new float[batch * side * side * channels];
    for (int first = 0; first < all; first += batch) {
      int filled = Math.min(batch, all - first);
      Arrays.fill(inputs, -1);
      for (int n = 0; n < filled; n++) {
        int slice = Math.floorDiv(first + n, tiles.count());
        int tile = Math.floorMod(first + n, tiles.count());
        int from = slice * size * size * channels;
        tiles.cut(images, from, channels, tile, inputs, n * side * side * channels);
      }
      float[] found = network.apply(inputs);
      for (int n = 0; n < filled; n++) {
        int slice = Math.floorDiv(first + n, tiles.count());
        add(found, n, Math.floorMod(first + n, tiles.count()), logits, slice);
      }
    }
    return logits;
  }

  private void add(float[] found, int n, int tile, float[] logits, int slice) {
    for (int i = 0; i < side * side; i++) {
      float weight = tiles.weight(tile, i);
      int from = (n * side * side + i) * classes;
      int to = (slice * size * size + tiles.pixel(tile, i)) * classes;
      for (int c = 0; c < classes; c++) {
        logits[to + c] += weight * found[from + c];
      }
    }
  }

  @Override
  public void close() {
    closing.run();
  }
}
