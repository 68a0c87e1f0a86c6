package org.mskd.experiment;

/** What happens where several teachers predict their organ at a pixel. */
public enum Overlap {
  /** The terms of all of them count: the source's. */
  SUM,
  /**
   * Only the term of the teacher with the largest organ probability counts; of equals the first.
   * That is decided at the pixels of the slice: on the grid of a deeper level {@link
   * MaskDownsampling#MAX} may let the regions of organs that touch overlap again.
   */
  WINNER
}
