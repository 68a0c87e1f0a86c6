/**
 * What networks are trained to make small. Teachers: {@link org.mskd.loss.DiceCrossEntropyLoss}.
 * The student: {@link org.mskd.loss.MskdLoss}, the sum of {@link org.mskd.loss.OrganLogitTerm},
 * {@link org.mskd.loss.BackgroundLogitTerm} and {@link org.mskd.loss.SortedFeatureTerm} (MS-KD,
 * arXiv 2108.02559). The three terms are written for one pixel in double precision; two graph ops,
 * {@link org.mskd.loss.LogitLossOp} and {@link org.mskd.loss.FeatureLossOp}, walk them over the
 * batch and give value and gradient in one pass.
 */
package org.mskd.loss;
