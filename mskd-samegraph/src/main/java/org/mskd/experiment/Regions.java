package org.mskd.experiment;

/**
 * The pixels at which a teacher's terms count (arXiv 2108.02559, section 3.2).
 *
 * @param masks whether the organ terms count in the organ's region only and the background term in
 *     the background region only, as in the source; if not, every term counts at every pixel
 * @param overlap what happens where several teachers predict their organ
 * @param downsampling how a region is brought to the grid of a feature map
 */
public record Regions(boolean masks, Overlap overlap, MaskDownsampling downsampling) {
  /** The source's. */
  public static final Regions DEFAULT = new Regions(true, Overlap.SUM, MaskDownsampling.NEAREST);

  public Regions {
    Checks.present("overlap", overlap);
    Checks.present("maskDownsampling", downsampling);
  }

  /** The same without masks. */
  public Regions unmasked() {
    return new Regions(false, overlap, downsampling);
  }
}
