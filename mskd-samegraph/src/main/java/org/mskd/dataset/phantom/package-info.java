/**
 * Abdomen-like CT volumes made from a seed, in the layout of real data. {@link
 * org.mskd.dataset.phantom.PhantomMaker} fills a folder. A {@code PhantomReplacement} is drawn
 * beside the phantoms it replaces; a {@code PhantomAccount} distinguishes this package's files from
 * others. A {@code PhantomAnatomy} lays out one subject's tissues as {@code Shape}s in millimetres;
 * a {@code PhantomPainter} draws them onto voxels with partial volume, warp and noise; {@code
 * StoredOrientation} turns the result into one of the axis orders scanners and converters leave
 * behind.
 */
package org.mskd.dataset.phantom;
