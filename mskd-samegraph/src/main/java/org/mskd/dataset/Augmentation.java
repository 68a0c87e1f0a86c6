package org.mskd.dataset;

import org.mskd.experiment.Training;
import org.mskd.random.SplitMix64;
import org.mskd.random.SubSeeds;

/**
 * Light augmentation of training slices: rotation, scale, shift and intensity, the families of
 * nnU-Net's 2-D augmentation at about half its strength, because a training here has a thousand
 * iterations, not 250,000: too few for images of implausible anatomy. Image and label get the same
 * geometric transform. Parameters of a slot derive from (seed, iteration, slot) alone.
 */
public final class Augmentation {
  /** Largest rotation in either direction; patients are aligned to within this. */
  static final double DEGREES = 15;

  /** Body sizes differ by about this much among adults. */
  static final double SCALE = 0.15;

  /** Largest shift along each axis, as a part of the side: how far off centre patients lie. */
  static final double SHIFT = 0.05;

  /** Contrast about the window's centre; nnU-Net uses 0.75 to 1.25, but on some slices only. */
  static final double GAIN = 0.1;

  /** Brightness on the [-1, 1] scale; 0.1 is 20 HU in the default window, as contrast phases do. */
  static final double OFFSET = 0.1;

  /** Value outside an image. */
  private static final float PADDING = -1;

  private static final Transform IDENTITY = new Transform(0, 1, 0, 0, 1, 0);

  private final long seed;
  private final double strength;

  /** An augmentation of strength 1. */
  public Augmentation(long seed) {
    this(seed, 1);
  }

  /**
   * @param seed root of the random parameters
   * @param strength factor applied to the ranges, 0 to 3; with 0 nothing is changed
   * @throws IllegalArgumentException if the strength is out of its range
   */
  public Augmentation(long seed, double strength) {
    if (!(strength >= 0 && strength <= Training.STRONGEST_AUGMENTATION)) {
      throw new IllegalArgumentException("an augmentation of strength " + strength);
    }
    // Named, so that a caller may give sampler and augmentation one seed.
    this.seed = SubSeeds.of(seed, "augmentation");
    this.strength = strength;
  }

  /** The parameters for a slot of an iteration's batch, both counted from 0. */
  public Transform sample(int iteration, int slot) {
    SplitMix64 random = new SplitMix64(SubSeeds.at(seed, iteration, slot));
    return new Transform(
        about(0, DEGREES, random),
        about(1, SCALE, random),
        about(0, SHIFT, random),
        about(0, SHIFT, random),
        about(1, GAIN, random),
        about(0, OFFSET, random));
  }

  private double about(double middle, double range, SplitMix64 random) {
    return random.uniform(middle - strength * range, middle + strength * range);
  }

  /** The identity. */
  public static Transform identity() {
    return IDENTITY;
  }

  /**
   * The transform of one slice. Pixel (x, y) is element {@code y * size + x}; the value at p goes
   * to {@code c + scale * R (p - c) + shift * size}, with c = (size - 1) / 2 on both axes and R the
   * rotation that turns +x towards +y. Then each value v becomes {@code gain * v + offset}, clamped
   * to [-1, 1].
   *
   * @param degrees turn from +x towards +y about the slice's centre
   * @param scale magnification, over 0
   * @param shiftX towards higher x, as a part of the side
   * @param shiftY towards higher y, as a part of the side
   * @param gain contrast
   * @param offset brightness, on the [-1, 1] scale
   */
  public record Transform(
      double degrees, double scale, double shiftX, double shiftY, double gain, double offset) {
    public Transform {
      if (!(scale > 0) || !Double.isFinite(degrees + scale + shiftX + shiftY + gain + offset)) {
        throw new IllegalArgumentException(
            "degrees "
                + degrees
                + ", scale "
                + scale
                + ", shift "
                + shiftX
                + " "
                + shiftY
                + ", gain "
                + gain
                + ", offset "
                + offset);
      }
    }

    /**
     * Resamples the image bilinearly; outside it the value is -1, as in the padding.
     *
     * @param in {@code [size][size]} flattened, values in [-1, 1]
     * @param out receives the result; not {@code in}
     * @param size side, pixels
     */
    public void image(float[] in, float[] out, int size) {
      image(in, size, out, Patch.whole(size));
    }

    /**
     * Resamples a patch of the image: to the bit what {@link #image(float[], float[], int)} puts
     * there.
     *
     * @param in {@code [size][size]} flattened, values in [-1, 1]
     * @param size side of the image, pixels
     * @param out {@code [patch.side][patch.side]} flattened, not {@code in}
     * @param patch where the patch lies in the resampled image
     */
    public void image(float[] in, int size, float[] out, Patch patch) {
      image(in, size, 1, out, patch);
    }

    /**
     * Resamples a patch of an image of several channels, such as a slice and its neighbours, each
     * of them as {@link #image(float[], int, float[], Patch)}.
     *
     * @param in {@code [size][size][channels]} flattened, values in [-1, 1]
     * @param size side of the image, pixels
     * @param channels values per pixel
     * @param out {@code [patch.side][patch.side][channels]} flattened, not {@code in}
     * @param patch where the patch lies in the resampled image
     */
    public void image(float[] in, int size, int channels, float[] out, Patch patch) {
      if (in == out) {
        throw new IllegalArgumentException("in and out are the same array");
      }
      SliceWarp.requireSquare(in.length, size, channels);
      SliceWarp.requireSquare(out.length, patch.side(), channels);
      PaddedSlice padded = new PaddedSlice(size, channels, PADDING);
      padded.fill(in);
      new SliceWarp(this, size).maps(padded, out, 0, patch);
      float contrast = (float) gain;
      float brightness = (float) offset;
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.max(-1, Math.min(1, contrast * out[i] + brightness));
      }
    }

    /**
     * Resamples values of every pixel, bilinearly and by geometry alone: gain and offset are the
     * image's.
     *
     * @param in the values, and the value outside
     * @param out gets {@code [size][size][K]} flattened
     * @param outAt from which index on
     */
    public void maps(PaddedSlice in, float[] out, int outAt) {
      new SliceWarp(this, in.size()).maps(in, out, outAt, Patch.whole(in.size()));
    }

    /**
     * Where the positions of a coarser grid come from: position (x, y) of {@code [size /
     * stride][size / stride]} covers a square of stride x stride pixels, whose centre was in the
     * given position before the transform, or nearest to it where it was outside.
     *
     * @param size side of the slice, pixels
     * @param stride a divisor of it
     * @param out {@code [size / stride][size / stride]} flattened
     */
    public void origins(int size, int stride, int[] out) {
      new SliceWarp(this, size).origins(stride, out);
    }

    /**
     * Resamples the label by nearest neighbour; outside it the value is 0, background.
     *
     * @param in {@code [size][size]} flattened
     * @param out receives the result; not {@code in}
     * @param size side, pixels
     */
    public void label(byte[] in, byte[] out, int size) {
      label(in, size, out, Patch.whole(size));
    }

    /**
     * Resamples a patch of the label, as {@link #label(byte[], byte[], int)} would there.
     *
     * @param in {@code [size][size]} flattened
     * @param size side of the label, pixels
     * @param out {@code [patch.side][patch.side]} flattened, not {@code in}
     * @param patch where the patch lies in the resampled label
     */
    public void label(byte[] in, int size, byte[] out, Patch patch) {
      new SliceWarp(this, size).label(in, out, patch);
    }

    /**
     * The pixel nearest to the position of a pixel after the geometric transform; -1 if that is
     * outside.
     *
     * @param position {@code y * size + x}
     * @param size side, pixels
     */
    public int moved(int position, int size) {
      return new SliceWarp(this, size).forward(position);
    }
  }
}
