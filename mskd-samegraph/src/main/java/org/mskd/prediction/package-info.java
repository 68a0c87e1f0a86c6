/**
 * A model over whole volumes: {@link org.mskd.prediction.SliceScorer} gives every pixel a score a
 * class, {@link org.mskd.prediction.VolumePredictor} brings the scores back to the scan's own grid
 * and takes the best class there.
 */
package org.mskd.prediction;
