/**
 * A model over whole volumes: {@link org.mskd.prediction.SliceScorer} gives every pixel a score a
 * class (from overlapping tiles, where the network was trained on patches), {@link
 * org.mskd.prediction.VolumePredictor} brings the scores back to the scan's grid plane by plane and
 * takes the class with the highest score, {@link org.mskd.prediction.ComponentFilter} keeps the
 * largest components, {@link org.mskd.prediction.PredictionWriter} writes the result as a label
 * volume with the scan's header. {@link org.mskd.prediction.ScanPrediction} does all of that for a
 * scan without a label, with probabilities and an {@link org.mskd.prediction.OrganMeasure} per
 * organ. {@link org.mskd.prediction.ForegroundDetection} finds the slices that show an organ.
 */
package org.mskd.prediction;
