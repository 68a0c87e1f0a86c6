/**
 * A model over whole volumes: {@link org.mskd.prediction.SliceScorer} gives every pixel a score a
 * class (from overlapping tiles, where the network was trained on patches), {@link
 * org.mskd.prediction.VolumePredictor} brings the scores back to the scan's grid plane by plane and
 * takes the class with the highest score, {@link org.mskd.prediction.PredictionWriter} keeps the
 * result as a label volume that lies on the scan's file. {@link
 * org.mskd.prediction.ForegroundDetection} finds the slices that show an organ.
 */
package org.mskd.prediction;
