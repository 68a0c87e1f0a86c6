package org.mskd.experiment;

/**
 * The 2-D U-Net; teachers and student differ in their number of outputs only.
 *
 * @param baseChannels channels of the first level; each level doubles them
 * @param depth number of downsamplings
 * @param normalization what follows each convolution
 */
public record Network(int baseChannels, int depth, Normalization normalization) {
  /** The size nnU-Net's 2-D U-Net starts from. */
  public static final Network DEFAULT = new Network(32, 4, Normalization.INSTANCE);

  public Network {
    Checks.within("baseChannels", baseChannels, 1, 512);
    Checks.within("depth", depth, 1, 7);
    Checks.present("normalization", normalization);
  }
}
